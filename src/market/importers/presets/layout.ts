/** A column of a source: its header there, and what its numbers are multiplied by to come into the store's unit. */
export interface SourceColumn {
  readonly from: string;
  readonly scale: number;
  /** Named by the user's own map: a file without it is refused, while a preset's optional columns may be absent. */
  readonly stated?: boolean;
}

/** How the files of a source are to be read: which column is which, and how its cells are written. */
export interface SourceLayout {
  /** Canonical column → column of the source. */
  readonly columns: Readonly<Partial<Record<string, SourceColumn>>>;
  /** Where each field of a fact table has a column of its own (fundamentals, macro series): field → column. */
  readonly fields: Readonly<Record<string, SourceColumn>>;
  /** Canonical columns whose text is the same in every row. */
  readonly constants: Readonly<Record<string, string>>;
  /** Such as `DD.MM.YYYY`; the forms every source is read in when null. */
  readonly dateFormat: string | null;
  /** What stands for no value, besides what vendors write. */
  readonly missing: ReadonlySet<string>;
  /** Of CSV files, where it is neither UTF-8 nor GB18030. */
  readonly encoding: string | undefined;
}

export const EMPTY_LAYOUT: SourceLayout = {
  columns: {},
  fields: {},
  constants: {},
  dateFormat: null,
  missing: new Set(),
  encoding: undefined,
};
