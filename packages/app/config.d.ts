export interface Config {
  auth?: {
    providers?: {
      /** Persona sign-in; the backend's auth module documents it. */
      sandbox?: {
        personas: Array<{
          /** @visibility frontend */
          user: string;
          /** @visibility frontend */
          title: string;
          /** @visibility frontend */
          description: string;
        }>;
      };
      /**
       * OpenID Connect; the sign-in page needs to know only that it is configured.
       * @visibility frontend
       */
      oidc?: object;
      /**
       * GitHub; the sign-in page needs to know only that it is configured.
       * @visibility frontend
       */
      github?: object;
    };
  };
}
