/** A page of `audit-cli help NAME`. At most 80 columns wide. */
export interface Topic {
  readonly name: string;
  readonly summary: string;
  text(): string;
}
