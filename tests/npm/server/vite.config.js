// As docs/npm.md says: everything in the bundle but this package.
export default { ssr: { noExternal: true, external: ["mapwright"] } };
