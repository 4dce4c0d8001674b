/** Address in the corpus, which nothing listens to. A test that builds replaces it with the address of its server. */
export const HOST = '127.0.0.1:9';

/** A kustomization that must not be built. */
export interface HostileKustomization {
  name: string;
  kustomization: string;
  /** Further files of the overlay. */
  files?: Record<string, string>;
  /** Targets of symbolic links in the overlay. */
  links?: Record<string, string>;
  /** Messages about the overlay's kustomization. */
  messages: string[];
  /** True where kustomize itself asks `HOST` for something. */
  asksHost?: true;
}

export const notHere = (field: string, entry: string) =>
  `${field}: "${entry}" is not a file or directory of this repository. Remote resources are not loaded; copy what you need into the workload.`;

export const notFile = (field: string, entry: string) =>
  `${field}: "${entry}" is not a file of this directory. Put the file beside kustomization.yaml and name it here.`;

export const wrongCase = (field: string, documented: string) =>
  `${field}: write this key as "${documented}", in the case of the documentation.`;

export const notAllowed = (field: string) =>
  `${field}: this field is not allowed. Remove it, or ask the platform team.`;

export const plugIn = (field: string) =>
  `${field}: plug-ins can run programs and are not allowed. Use patches, or a component of the platform.`;

export const helm = (field: string) =>
  `${field}: Helm charts are not supported. Write the objects as files.`;
