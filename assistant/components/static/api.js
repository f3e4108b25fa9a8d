// Asks our own HTTP API. What it refuses is thrown as an error with the sentence for the person.

export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || "That did not work.");
    this.status = status;
    this.problem = problem;
  }
}

export const AWAY = "The server does not answer.";

export async function ask(method, path, body, options = {}) {
  let answer;
  const raw = body instanceof Blob;
  try {
    answer = await fetch(path, {
      method,
      body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
      headers: body === undefined || raw ? {} : { "Content-Type": "application/json" },
      ...options,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, { detail: AWAY });
  }
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 401) said.detail = "You were logged out. Log in again in another tab; what you typed is kept here.";
  if (!answer.ok) throw new Refused(answer.status, said);
  return said;
}
