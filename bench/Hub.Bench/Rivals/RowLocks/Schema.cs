namespace Hub.Bench.Rivals.RowLocks;

/// <summary>One table per thing, as they are usually made, with the indexes that the service's statements need and no others.</summary>
internal static class Schema
{
    public const string Text = """
        CREATE TABLE api_keys (hash bytea PRIMARY KEY, merchant text NOT NULL);
        CREATE TABLE signing_keys (id text PRIMARY KEY, merchant text NOT NULL, pem text NOT NULL);
        CREATE TABLE customers (id text PRIMARY KEY, merchant text NOT NULL, name text NOT NULL, phone text NOT NULL);
        CREATE TABLE sessions (hash bytea PRIMARY KEY, customer text NOT NULL REFERENCES customers, expires_at timestamptz NOT NULL);
        CREATE TABLE instruments (id text PRIMARY KEY, customer text NOT NULL REFERENCES customers, last4 text NOT NULL, card bytea NOT NULL);
        CREATE TABLE orders (
          id text PRIMARY KEY, merchant text NOT NULL, reference text NOT NULL, customer text NOT NULL REFERENCES customers,
          currency text NOT NULL, total bigint NOT NULL, invoice_hash text NOT NULL, status text NOT NULL,
          consignee jsonb NOT NULL, signature text NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), accepted_at timestamptz,
          UNIQUE (merchant, reference));
        CREATE TABLE order_lines (
          order_id text NOT NULL REFERENCES orders, line integer NOT NULL, sku text NOT NULL, name text NOT NULL,
          quantity integer NOT NULL, unit_price bigint NOT NULL, tax bigint NOT NULL, PRIMARY KEY (order_id, line));
        CREATE TABLE payments (
          id text PRIMARY KEY, order_id text NOT NULL UNIQUE REFERENCES orders, merchant text NOT NULL, customer text NOT NULL REFERENCES customers,
          amount bigint NOT NULL, currency text NOT NULL, status text NOT NULL, captured bigint NOT NULL DEFAULT 0, created_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE attempts (
          id text PRIMARY KEY, payment text NOT NULL REFERENCES payments, instrument text NOT NULL REFERENCES instruments,
          status text NOT NULL, bank_authorization text, created_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE confirmations (
          payment text PRIMARY KEY REFERENCES payments, phone text NOT NULL, code text NOT NULL, status text NOT NULL,
          wrong_answers integer NOT NULL DEFAULT 0, expires_at timestamptz NOT NULL);
        CREATE UNIQUE INDEX open_codes ON confirmations (phone, code) WHERE status IN ('created', 'sent');
        CREATE TABLE captures (id text PRIMARY KEY, payment text NOT NULL REFERENCES payments, amount bigint NOT NULL, status text NOT NULL, bank_capture text);
        CREATE TABLE postings (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payment text NOT NULL, account text NOT NULL, currency text NOT NULL, minor bigint NOT NULL);
        CREATE TABLE messages (id text PRIMARY KEY, customer text NOT NULL, purpose text NOT NULL, status text NOT NULL, sid text, rank integer NOT NULL DEFAULT 0);
        CREATE TABLE received (party text NOT NULL, id text NOT NULL, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (party, id));
        CREATE TABLE idempotency (
          tenant text NOT NULL, key text NOT NULL, fingerprint bytea NOT NULL, status integer, answer bytea,
          at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant, key));
        """;
}
