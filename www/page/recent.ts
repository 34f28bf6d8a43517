// Formats that a person uses again: starred ones and the last ones, kept in this browser.

function list(key: string, most: number): { all: () => readonly string[]; push: (id: string) => void; toggle: (id: string) => boolean } {
  const read = (): string[] => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
    } catch {
      return [];
    }
  };
  const write = (ids: string[]) => localStorage.setItem(key, JSON.stringify(ids.slice(0, most)));
  const without = (id: string) => read().filter((other) => other !== id);
  return {
    all: read,
    push: (id) => write([id, ...without(id)]),
    toggle: (id) => {
      const had = read().includes(id);
      write(had ? without(id) : [id, ...read()]);
      return !had;
    },
  };
}

export const recent = list("recent", 4);
export const stars = list("stars", 50);
