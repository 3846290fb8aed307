/** In place of what a driver needs on a network only: TLS, name servers, files of passwords, native code. */
export default {};
