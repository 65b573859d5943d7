/** Sets a member of a map, also one whose key is `__proto__`, which an assignment would lose. For authors of codecs. */
export function setMember(
  map: { [key: string | number]: unknown },
  key: string | number,
  value: unknown,
): void {
  if (key !== "__proto__") map[key] = value;
  else Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}
