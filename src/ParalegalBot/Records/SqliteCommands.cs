using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ParalegalBot.Records;

/// <summary>Short forms for commands with positional parameters <c>$1</c>, <c>$2</c>…; dates are stored as ISO 8601 text.</summary>
internal static class SqliteCommands
{
    extension(SqliteConnection connection)
    {
        /// <summary>A command with its parameters bound in order.</summary>
        public SqliteCommand Command(string sql, params ReadOnlySpan<object?> values)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue($"${i + 1}", Stored(values[i]));
            return command;
        }

        /// <summary>Runs a statement; returns the number of rows that it changed.</summary>
        public int Run(string sql, params ReadOnlySpan<object?> values)
        {
            using var command = connection.Command(sql, values);
            return command.ExecuteNonQuery();
        }

        /// <summary>The first value of the first row; default where there is none.</summary>
        public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
        {
            using var command = connection.Command(sql, values);
            return command.ExecuteScalar() is T value ? value : default;
        }

        /// <summary>Every row through <paramref name="read"/>.</summary>
        public List<T> Query<T>(Func<SqliteDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
        {
            using var command = connection.Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }
    }

    extension(SqliteCommand command)
    {
        /// <summary>The same statement with other values.</summary>
        public SqliteCommand Bind(params ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = Stored(values[i]);
            return command;
        }
    }

    extension(SqliteDataReader reader)
    {
        /// <summary>Text or null.</summary>
        public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        /// <summary>A whole number or null.</summary>
        public int? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

        /// <summary>A date or null; an empty text counts as null.</summary>
        public DateOnly? Date(int column) => reader.IsDBNull(column) || reader.GetString(column) is not { Length: 10 } text
            ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        _ => value,
    };
}
