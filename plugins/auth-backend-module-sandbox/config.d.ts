export interface Config {
  auth?: {
    providers?: {
      /** Persona sign-in without a password. Needs `mlPlatform.sandbox`, or a backend that listens on loopback only; refused in production. */
      sandbox?: {
        /** Personas offered on the sign-in page, in this order. */
        personas: Array<{
          /**
           * Name of the catalog User entity in namespace `default`.
           * @visibility frontend
           */
          user: string;
          /** @visibility frontend */
          title: string;
          /**
           * One sentence about this person's work.
           * @visibility frontend
           */
          description: string;
        }>;
      };
    };
  };
}
