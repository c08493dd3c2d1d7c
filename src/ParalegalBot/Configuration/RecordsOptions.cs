using FluentValidation;
using Npgsql;

namespace ParalegalBot.Configuration;

/// <summary>Section <c>Records</c>.</summary>
public sealed class RecordsOptions
{
    /// <summary>The records file: audit log, conversations. Irreplaceable. Not read where a connection string is given. Default <c>data/records.db</c>.</summary>
    public string Path { get; set; } = "data/records.db";

    /// <summary>A PostgreSQL database instead of the file, for several replicas: <c>Host=…;Database=…;Username=…;Password=…</c>; empty for the file. A secret.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<RecordsOptions>
    {
        /// <summary>Path must be given; the connection string names at least host and database.</summary>
        public Rules()
        {
            RuleFor(options => options.Path).NotEmpty().WithMessage("name the SQLite file that holds the audit log, for example data/records.db.");
            RuleFor(options => options.ConnectionString).Must(text => text.Length == 0 || Names(text))
                .WithMessage("write it as Host=…;Database=…;Username=…;Password=…, or leave it empty to keep the records in Records:Path.");
        }

        private static bool Names(string text)
        {
            try
            {
                var settings = new NpgsqlConnectionStringBuilder(text);
                return settings is { Host.Length: > 0, Database.Length: > 0 };
            }
            catch (Exception failure) when (failure is ArgumentException or FormatException)
            {
                return false;
            }
        }
    }
}
