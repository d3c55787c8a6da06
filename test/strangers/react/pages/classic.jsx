/** A form of somebody's own on the classic hooks, which both wrappers have. */
import { useState } from 'react';

export function Classic({ useSignIn, useSignUp }) {
  const { isLoaded, signIn, setActive } = useSignIn();
  const { isLoaded: isUpLoaded, signUp } = useSignUp();
  const [problem, setProblem] = useState('');
  if (!isLoaded || !isUpLoaded) return null;
  const submit = async (event) => {
    event.preventDefault();
    const { identifier, password } = Object.fromEntries(new FormData(event.currentTarget));
    try {
      const { status, createdSessionId } = await signIn.create({ identifier, password });
      if (status === 'complete') await setActive({ session: createdSessionId });
    } catch (error) {
      setProblem(error.errors[0].code);
    }
  };
  const register = async () => {
    const { status, missingFields } = await signUp.create({ emailAddress: 'classic@example.com' });
    setProblem(`${status}: ${missingFields}`);
  };
  return (
    <form onSubmit={submit}>
      <input name="identifier" />
      <input name="password" type="password" />
      <button>Go in</button>
      <button type="button" onClick={register}>
        Register
      </button>
      <output id="problem">{problem}</output>
      <output id="attempt">{signIn.status}</output>
    </form>
  );
}
