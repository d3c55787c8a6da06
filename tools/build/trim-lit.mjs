/**
 * What Lit can do and no element of ours asks for, left out of the browser's files: polyfills, hydration, warnings of other copies, directives
 * (stateful ones need most of it), SVG and MathML templates, templates compiled ahead, decorators, attributes that follow properties, values of
 * attributes other than text and flags, and parts within comments and elements that hold text alone. Nor is its parser of templates there, whose
 * work the build does (`prepare-templates.mjs`). Tests see to it that nothing of ours uses
 * any of this (`test/tools/trim-lit.node.test.ts`). Some of what stays is put so that a page takes less memory (docs/decisions/0021-speed.md).
 *
 * Each part is text of Lit's modules as they are published for production, exactly once, so that an upgrade that changes it fails the build.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/**
 * A text and what comes in its place; or two, of which the second one ends what the first one begins, and stays.
 * @typedef {readonly [text: string, replacement: string] | readonly [from: string, upTo: string, replacement: string]} Part
 */

/** @type {Record<string, readonly Part[]>} */
export const parts = {
  'lit-html.js': [
    ['B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");', 'B=0;'],
    // Kinds of templates: HTML is the only one.
    ['x=t=>(i,...s)=>({_$litType$:t,strings:i,values:s}),b=x(1),w=x(2),T=x(3)', 'b=(i,...s)=>({_$litType$:1,strings:i,values:s}),w=0,T=0'],
    ['"number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)', 'this._$AC(t)'],
    // The parser of templates: their texts are those that the build has prepared (`prepare-templates.mjs`), the markup and what is said of its parts.
    ['o=`lit$${', 'l=document', 'o=0,n=0,'],
    ['f="[', 'b=(i,...s)', ''],
    ['const N=', 'class S{', 'const N=0,U=["",""];'],
    [
      'constructor({strings:t,_$litType$:i},e)',
      'static createElement(',
      'constructor({strings:t},i){this.el=S.createElement(V(t,t[0]),i);let n;this.parts=t[1]?t[1].split(";").map(t=>{const r=parseInt(t),s=t.split("|");let i=s.shift();0<=r&&(n=r,i=i.slice((r+"").length));const e={".":I,"?":L,"@":z}[i[0]];return{type:i?1:2,index:n,name:e?i.slice(1):i,strings:s.length?s:U,ctor:e??H}}):[]}',
    ],
    // Directives.
    [
      'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
      'function M(t,i){return i}',
    ],
    // Nodes are asked for up to the last one with a part: the interfaces of those behind it, such as SVG, take memory as soon as a script has met one.
    [
      'let h=P.nextNode(),o=0,n=0,r=s[0];for(;void 0!==r;){if(o===r.index){let i;2===r.type?i=new k(h,h.nextSibling,this,t):1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t)),this._$AV.push(i),r=s[++n]}o!==r?.index&&(h=P.nextNode(),o++)}',
      'let h,o=-1;for(let n=0,r;void 0!==(r=s[n++]);){for(;o<r.index;o++)h=P.nextNode();let i;2===r.type?i=new k(h,h.nextSibling,this,t):1===r.type&&(i=new r.ctor(h,r.name,r.strings,this,t)),this._$AV.push(i)}',
    ],
    // Calls instead of loops over lists: the protocol of iterators is most of the code of such a loop, six times that once V8 has compiled it.
    [
      'let i=0;for(const s of this._$AV)void 0!==s&&(void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i])),i++',
      'let i=0;this._$AV.forEach(s=>{void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-1):s._$AI(t[i++])})',
    ],
    // Whether a part is in the document, which directives want to know.
    ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
    [',this._$Cv=e?.isConnected??!0', ''],
    ['for(this._$AP?.(!1,!0,s);', 'for(;'],
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}', 'get parentNode(){return this._$AM.parentNode}'],
    ['get startNode(){return this._$AA}get endNode(){return this._$AB}', ''],
    ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
    ['this._$AN=void 0,this._$AD=t', 'this._$AD=t'],
    ['this._$AN=void 0,this._$AA=t', 'this._$AA=t'],
    ['this._$AN=void 0,this.element=t,this.name=i', 'this.element=t,this.name=i'],
  ],
  'lit-element.js': [
    [',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ';'],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
    [
      'connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}',
      '',
    ],
    ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=e(', 'super.update(t),e('],
    ['this.renderOptions={host:this},this._$Do=void 0', 'this.renderOptions={host:this}'],
  ],
  'reactive-element.js': [
    ['p=a.reactiveElementPolyfillSupport,', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
    // Decorators.
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    ['t.finalize(),void 0!==t.l&&(this.l=[...t.l]),', 't.finalize(),'],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    // Attributes that follow properties, and defaults that they would follow.
    [
      '_$ET(t,s){const i=this.constructor.elementProperties.get(t),e=this.constructor._$Eu(t,i);if(void 0!==e&&!0===i.reflect){const h=(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type);this._$Em=t,null==h?this.removeAttribute(e):this.setAttribute(e,h),this._$Em=null}}',
      '',
    ],
    ['this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),', ''],
    ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
    [
      'C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}',
      'C(t,s){this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s))}',
    ],
    // Properties named by symbols. And a loop over pairs is four times the code of a call, since each pair is an iteration of its own.
    // A class that declares none has the tables of the one that it extends, and so it is with style sheets.
    [
      'const t=this.properties,s=[...r(t),...o(t)];for(const i of s)this.createProperty(i,t[i])}',
      'const t=this.properties;Object.keys(t).forEach(i=>this.createProperty(i,t[i]));this._$Eh=new Map;this.elementProperties.forEach((s,t)=>{const i=this._$Eu(t,s);void 0!==i&&this._$Eh.set(i,t)})}',
    ],
    ['this._$Eh=new Map;for(', 'this.elementStyles=', ''],
    [
      'this.elementStyles=this.finalizeStyles(this.styles)',
      'this.hasOwnProperty("styles")&&(this.elementStyles=this.finalizeStyles(this.styles))',
    ],
    [
      'this.elementProperties=new Map(t.elementProperties)',
      'this.hasOwnProperty("properties")&&(this.elementProperties=new Map(t.elementProperties))',
    ],
    // Accessors that a class has besides its declared properties.
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    [',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0)', ''],
    [
      'const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},',
      'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)},',
    ],
    [
      'const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i',
      'return void 0===s?[]:[...new Set([s].flat(1/0).reverse())].reverse().map(t)',
    ],
    // Attributes are text or flags.
    [
      'u={toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},fromAttribute(t,s){let i=t;switch(s){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}}return i}}',
      'u=0',
    ],
    [
      'e=i._$Eh.get(t);if(void 0!==e&&this._$Em!==e){const t=i.getPropertyOptions(e),h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;this._$Em=e;const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r,this._$Em=null}',
      'e=i._$Eh.get(t);void 0!==e&&(this[e]=i.getPropertyOptions(e).type===Boolean?null!==s:s)',
    ],
    ['this.hasUpdated=!1,this._$Em=null,', 'this.hasUpdated=!1,'],
    ['c=a.trustedTypes,l=c?c.emptyScript:"",', ''],
  ],
};

/**
 * @param {string} name the file of one of Lit's modules
 * @param {string} text as it is published for production
 * @throws {Error} where a part is not found, as after an upgrade
 */
export function trimModule(name, text) {
  return (parts[name] ?? []).reduce((text, part) => {
    const [start, end] = part;
    const [before, after, ...more] = text.split(start);
    const rest = part.length === 2 ? after : after?.slice(after.indexOf(end));
    if (before === undefined || rest === undefined || more.length || (part.length === 3 && !rest.startsWith(end))) {
      throw new Error(`Lit has changed: ${name} no longer has "${start.slice(0, 60)}" once. See tools/build/trim-lit.mjs.`);
    }
    return before + part.at(-1) + rest;
  }, text);
}

/** @returns {import('esbuild').Plugin} */
export function trimLit() {
  return {
    name: 'trim-lit',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/](reactive-element|lit-html|lit-element)\.js$/ }, async ({ path }) => ({
        contents: trimModule(basename(path), await readFile(path, 'utf8')),
        loader: 'js',
      }));
    },
  };
}
