namespace ParalegalBot.Records;

/// <summary>
/// The records: audit log, conversations, inbox and outbox of the channels, feedback; in a file or, for several replicas, in a PostgreSQL database. Irreplaceable, unlike the statutes; back
/// them up. SQL of the stores is written once, for both: positional parameters, <c>ON CONFLICT</c>, <c>RETURNING</c>, moments as text.
/// </summary>
public sealed class RecordsFile : IDisposable
{
    /// <summary>"PREC" as an SQLite application id.</summary>
    private const int ApplicationId = 0x50524543;

    private static readonly Migration[] Migrations =
    [
        new("audit log, conversations", """
            CREATE TABLE pepper (value BLOB NOT NULL) STRICT;
            INSERT INTO pepper (value) VALUES (randomblob(32));
            CREATE TABLE person_key (lookup BLOB PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE audit (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                at TEXT NOT NULL,
                person TEXT NOT NULL,
                channel TEXT NOT NULL,
                outcome TEXT NOT NULL,
                engine TEXT NOT NULL,
                generation INTEGER NOT NULL,
                question TEXT,
                reason TEXT,
                answer TEXT,
                verdicts TEXT,
                timings TEXT,
                salt BLOB,
                digests BLOB NOT NULL,
                previous_hash BLOB NOT NULL,
                hash BLOB NOT NULL
            ) STRICT;
            CREATE INDEX audit_by_person ON audit (person);
            CREATE TABLE audit_head (count INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
            INSERT INTO audit_head (count, hash) VALUES (0, zeroblob(32));
            CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
            CREATE TRIGGER audit_keeps_chain BEFORE UPDATE OF number, id, at, person, channel, outcome, engine, generation, digests, previous_hash, hash ON audit
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
            CREATE TRIGGER audit_only_erases BEFORE UPDATE OF question, reason, answer, verdicts, timings, salt ON audit
                WHEN coalesce(NEW.question, NEW.reason, NEW.answer, NEW.verdicts, NEW.timings, NEW.salt) IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
            CREATE TABLE turn (
                number INTEGER PRIMARY KEY,
                conversation TEXT NOT NULL,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                role TEXT NOT NULL,
                text TEXT NOT NULL
            ) STRICT;
            CREATE INDEX turn_by_conversation ON turn (conversation, number);
            CREATE INDEX turn_by_person ON turn (person);
            """)
        {
            Postgres = """
                CREATE TABLE pepper (value BYTEA NOT NULL);
                INSERT INTO pepper (value) VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
                CREATE TABLE person_key (lookup BYTEA PRIMARY KEY, key BYTEA NOT NULL);
                CREATE TABLE audit (
                    number BIGINT PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    at TEXT COLLATE "C" NOT NULL,
                    person TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    outcome TEXT NOT NULL,
                    engine TEXT NOT NULL,
                    generation BIGINT NOT NULL,
                    question TEXT,
                    reason TEXT,
                    answer TEXT,
                    verdicts TEXT,
                    timings TEXT,
                    salt BYTEA,
                    digests BYTEA NOT NULL,
                    previous_hash BYTEA NOT NULL,
                    hash BYTEA NOT NULL
                );
                CREATE INDEX audit_by_person ON audit (person);
                CREATE TABLE audit_head (count BIGINT NOT NULL, hash BYTEA NOT NULL);
                INSERT INTO audit_head (count, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
                CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
                CREATE TRIGGER audit_keeps_rows BEFORE DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
                CREATE TRIGGER audit_keeps_chain BEFORE UPDATE OF number, id, at, person, channel, outcome, engine, generation, digests, previous_hash, hash ON audit
                    FOR EACH ROW EXECUTE FUNCTION audit_refuses();
                CREATE TRIGGER audit_only_erases BEFORE UPDATE OF question, reason, answer, verdicts, timings, salt ON audit FOR EACH ROW
                    WHEN (coalesce(NEW.question, NEW.reason, NEW.answer, NEW.verdicts, NEW.timings) IS NOT NULL OR NEW.salt IS NOT NULL) EXECUTE FUNCTION audit_refuses();
                CREATE TABLE turn (
                    number BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
                    conversation TEXT NOT NULL,
                    person TEXT NOT NULL,
                    at TEXT COLLATE "C" NOT NULL,
                    role TEXT NOT NULL,
                    text TEXT NOT NULL
                );
                CREATE INDEX turn_by_conversation ON turn (conversation, number);
                CREATE INDEX turn_by_person ON turn (person);
                """,
        },
        new("replies as they were shown", "ALTER TABLE turn ADD COLUMN reply TEXT;"),
        new("what engines cost, by day and person", """
            CREATE TABLE spending (
                day TEXT NOT NULL,
                person TEXT NOT NULL,
                answers INTEGER NOT NULL,
                input_tokens INTEGER NOT NULL,
                output_tokens INTEGER NOT NULL,
                millionths INTEGER NOT NULL,
                PRIMARY KEY (day, person)
            ) STRICT, WITHOUT ROWID;
            """),
        new("inbox, outbox, contacts, feedback", """
            CREATE TABLE inbox (
                number INTEGER PRIMARY KEY,
                channel TEXT NOT NULL,
                key TEXT NOT NULL,
                lane TEXT NOT NULL,
                at TEXT NOT NULL,
                state TEXT NOT NULL,
                body TEXT,
                attempts INTEGER NOT NULL,
                owner TEXT NOT NULL,
                taken_until TEXT NOT NULL,
                UNIQUE (channel, key)
            ) STRICT;
            CREATE INDEX inbox_waiting ON inbox (lane, number) WHERE state = 'waiting';
            CREATE TABLE outbox (
                number INTEGER PRIMARY KEY,
                channel TEXT NOT NULL,
                key TEXT UNIQUE,
                lane TEXT NOT NULL,
                person TEXT,
                at TEXT NOT NULL,
                state TEXT NOT NULL,
                address TEXT,
                body TEXT,
                answer TEXT,
                attempts INTEGER NOT NULL,
                due_at TEXT NOT NULL,
                owner TEXT NOT NULL,
                taken_until TEXT NOT NULL,
                sent_id TEXT,
                problem TEXT
            ) STRICT;
            CREATE INDEX outbox_unfinished ON outbox (lane, number) WHERE state IN ('waiting', 'sending');
            CREATE INDEX outbox_sent ON outbox (lane, sent_id);
            CREATE INDEX outbox_by_person ON outbox (person);
            CREATE TABLE contact (
                channel TEXT NOT NULL,
                person TEXT NOT NULL,
                lane TEXT,
                address TEXT,
                informed_at TEXT,
                last_at TEXT NOT NULL,
                PRIMARY KEY (channel, person)
            ) STRICT;
            CREATE TABLE feedback (
                answer TEXT NOT NULL,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                rating TEXT NOT NULL,
                comment TEXT,
                PRIMARY KEY (answer, person)
            ) STRICT;
            """),
        new("hand-overs, follows, silence, consent, messages that wait for their person", """
            ALTER TABLE contact ADD COLUMN silent_at TEXT;
            ALTER TABLE contact ADD COLUMN consented_at TEXT;
            CREATE INDEX contact_by_lane ON contact (lane);
            CREATE INDEX outbox_parked ON outbox (lane, number) WHERE state = 'parked';
            CREATE TABLE hand_over (
                id TEXT PRIMARY KEY,
                channel TEXT NOT NULL,
                person TEXT NOT NULL,
                lane TEXT NOT NULL,
                address TEXT NOT NULL,
                state TEXT NOT NULL,
                reason TEXT NOT NULL,
                at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX hand_over_by_person ON hand_over (person);
            CREATE TABLE hand_over_line (
                number INTEGER PRIMARY KEY,
                hand_over TEXT NOT NULL,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                side TEXT NOT NULL,
                author TEXT NOT NULL,
                text TEXT NOT NULL
            ) STRICT;
            CREATE INDEX hand_over_line_by_case ON hand_over_line (hand_over, number);
            CREATE INDEX hand_over_line_by_person ON hand_over_line (person);
            CREATE TABLE follow (
                channel TEXT NOT NULL,
                person TEXT NOT NULL,
                law TEXT NOT NULL,
                article TEXT NOT NULL,
                seen TEXT NOT NULL,
                at TEXT NOT NULL,
                PRIMARY KEY (channel, person, law, article)
            ) STRICT;
            CREATE INDEX follow_by_person ON follow (person);
            """),
        new("transcripts of Direct Line", """
            CREATE TABLE transcript (
                number INTEGER PRIMARY KEY,
                lane TEXT NOT NULL,
                key TEXT,
                person TEXT NOT NULL,
                at TEXT NOT NULL,
                body TEXT NOT NULL,
                UNIQUE (lane, key)
            ) STRICT;
            CREATE INDEX transcript_by_lane ON transcript (lane, number);
            CREATE INDEX transcript_by_person ON transcript (person);
            """),
        new("rights of the data law, the switch, keys of the pages", """
            CREATE TABLE data_request (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                channel TEXT NOT NULL,
                person TEXT NOT NULL,
                received_at TEXT NOT NULL,
                answer_by TEXT NOT NULL,
                answered_at TEXT,
                carry_out_by TEXT,
                done_at TEXT,
                note TEXT
            ) STRICT;
            CREATE TABLE opposed (lookup BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
            CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
            CREATE TABLE page_key (name TEXT PRIMARY KEY, xml TEXT NOT NULL) STRICT;
            CREATE INDEX audit_by_time ON audit (at);
            """),
        new("what is next in inbox and outbox, without reading what is finished", """
            CREATE INDEX inbox_next ON inbox (number) WHERE state = 'waiting';
            CREATE INDEX outbox_next ON outbox (number) WHERE state = 'waiting';
            CREATE INDEX outbox_leaving ON outbox (owner) WHERE state = 'sending';
            """),
    ];

    private RecordsFile(IDatabase database) => File = database;

    /// <summary>Where the records are, for people.</summary>
    public string Place => File.Place;

    internal IDatabase File { get; }

    /// <summary>Opens the file, creating and migrating it where needed.</summary>
    public static RecordsFile Open(string path) => new(SqliteFile.Open(path, "una bitácora", ApplicationId, Migrations));

    /// <summary>Opens the database, which must exist, and migrates it where needed.</summary>
    public static RecordsFile Connect(string connectionString) => new(PostgresDatabase.Open(connectionString, Migrations));

    /// <inheritdoc />
    public void Dispose() => File.Dispose();
}
