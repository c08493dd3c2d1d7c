using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

/// <summary>
/// The statutes file's tables. A text of a law at one reform date is an edition; an article row is one version of an article,
/// shared by every consecutive edition in which its text is the same. <c>own_*</c> is what the source says of a text's validity,
/// <c>valid_*</c> what follows from it and from the neighbouring editions.
/// </summary>
internal static class StatuteStoreSchema
{
    /// <summary>"PLEY" as an SQLite application id.</summary>
    public const int ApplicationId = 0x504C4559;

    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new("statutes, editions, articles, passages, sources", """
            CREATE TABLE statute (
                id INTEGER PRIMARY KEY,
                abbreviation TEXT NOT NULL,
                abbreviation_key TEXT NOT NULL UNIQUE,
                title TEXT NOT NULL,
                title_key TEXT NOT NULL,
                legal_order TEXT NOT NULL,
                entity TEXT,
                matter TEXT,
                published TEXT,
                last_reform TEXT,
                verified_through TEXT,
                own_to TEXT,
                own_reason TEXT NOT NULL DEFAULT 'Original',
                own_condition TEXT,
                valid_from TEXT,
                valid_to TEXT,
                reason TEXT NOT NULL,
                condition TEXT,
                source_url TEXT,
                official INTEGER NOT NULL,
                newest_text TEXT NOT NULL,
                articles INTEGER NOT NULL DEFAULT 0,
                passages INTEGER NOT NULL DEFAULT 0
            ) STRICT;
            CREATE TABLE edition (
                id INTEGER PRIMARY KEY,
                statute_id INTEGER NOT NULL REFERENCES statute (id) ON DELETE CASCADE,
                text_date TEXT NOT NULL,
                last_reform TEXT,
                reader TEXT NOT NULL,
                parser INTEGER NOT NULL,
                UNIQUE (statute_id, text_date)
            ) STRICT;
            CREATE TABLE article (
                id INTEGER PRIMARY KEY,
                statute_id INTEGER NOT NULL REFERENCES statute (id) ON DELETE CASCADE,
                key TEXT NOT NULL,
                occurrence INTEGER NOT NULL,
                printed TEXT NOT NULL,
                heading TEXT,
                place TEXT,
                notes TEXT,
                page INTEGER,
                transitory INTEGER NOT NULL,
                decree TEXT,
                own_from TEXT,
                own_to TEXT,
                valid_from TEXT,
                valid_to TEXT,
                reason TEXT NOT NULL,
                condition TEXT,
                text_hash BLOB NOT NULL,
                last_note TEXT,
                first_text TEXT NOT NULL,
                last_text TEXT NOT NULL,
                position INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX article_by_key ON article (statute_id, key);
            CREATE TABLE edition_article (
                edition_id INTEGER NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
                PRIMARY KEY (edition_id, position)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX edition_article_by_article ON edition_article (article_id);
            CREATE TABLE passage (
                row INTEGER PRIMARY KEY AUTOINCREMENT,
                article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
                passage_id TEXT NOT NULL,
                unit TEXT,
                introduction TEXT,
                text TEXT NOT NULL,
                introductory INTEGER NOT NULL,
                page INTEGER,
                own_from TEXT,
                own_to TEXT,
                valid_from TEXT,
                valid_to TEXT,
                reason TEXT NOT NULL,
                condition TEXT,
                notes TEXT
            ) STRICT;
            CREATE INDEX passage_by_article ON passage (article_id);
            CREATE TABLE source (
                sha256 TEXT NOT NULL,
                statute_id INTEGER NOT NULL REFERENCES statute (id) ON DELETE CASCADE,
                reader TEXT NOT NULL,
                parser INTEGER NOT NULL,
                text_date TEXT NOT NULL,
                ingested_at TEXT NOT NULL,
                PRIMARY KEY (sha256, statute_id)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE abrogation (
                statute_id INTEGER NOT NULL REFERENCES statute (id) ON DELETE CASCADE,
                title_key TEXT NOT NULL,
                published TEXT,
                effective TEXT,
                condition TEXT
            ) STRICT;
            CREATE TABLE generation (number INTEGER NOT NULL) STRICT;
            INSERT INTO generation (number) VALUES (0);
            """),
        new("vectors of passages, all of one encoder", """
            CREATE TABLE encoder (name TEXT NOT NULL, dimensions INTEGER NOT NULL) STRICT;
            CREATE TABLE vector (
                passage_row INTEGER PRIMARY KEY REFERENCES passage (row) ON DELETE CASCADE,
                value BLOB NOT NULL
            ) STRICT;
            """),
    ];
}
