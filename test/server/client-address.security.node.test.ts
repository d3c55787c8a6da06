/** By which address somebody is counted (security.md, §3 and C4). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressGroup, createAddressReader } from '../../demo/server/client-address.ts';

describe('C4: the address that counts', () => {
  const stranger = '203.0.113.9';

  it('is the one of the connection, whatever a header says', () => {
    const read = createAddressReader([]);
    for (const header of [undefined, '10.0.0.1', '127.0.0.1, 10.0.0.1', 'unknown', '']) assert.equal(read(stranger, header), stranger);
    assert.equal(read('::ffff:203.0.113.9', undefined), stranger);
  });

  it('is what a proxy of the settings has seen, and nothing before that', () => {
    const read = createAddressReader(['10.0.0.0/8', 'fd00::/8', '192.0.2.1']);
    assert.equal(read('10.1.2.3', stranger), stranger);
    assert.equal(read('192.0.2.1', `198.51.100.7, ${stranger}`), stranger, 'what comes before may be made up');
    assert.equal(read('192.0.2.1', `198.51.100.7, ${stranger}, 10.9.9.9`), stranger, 'a proxy behind a proxy');
    assert.equal(read('fd00::1', '2001:db8::1'), '2001:db8::1');
    assert.equal(read(stranger, '198.51.100.7'), stranger, 'somebody else is believed nothing');
    for (const header of ['', 'unknown', 'x, y', '999.1.1.1', `${stranger}:80`, '"><script>'])
      assert.equal(read('10.1.2.3', header), '10.1.2.3', header);
  });

  it('of IPv6 is its network of 64 bits, in every spelling', () => {
    const groups = ['2001:db8:1:2::1', '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:0:0:0:5%eth0'].map(addressGroup);
    assert.deepEqual(new Set(groups), new Set(['2001:db8:1:2::/64']));
    assert.notEqual(addressGroup('2001:db8:1:3::1'), groups[0]);
    assert.equal(addressGroup('::1'), '0:0:0:0::/64');
    assert.equal(addressGroup(stranger), stranger);
    assert.equal(addressGroup('user_1'), 'user_1');
  });
});
