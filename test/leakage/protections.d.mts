export declare const PROTECTIONS: readonly {
  readonly trap: number;
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}[];
