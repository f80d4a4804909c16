using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace LienThong.Gateway.Storage;

/// <summary>A numbered SQL step of the schema, embedded in this assembly.</summary>
/// <param name="Number">Position; steps run in this order, each once.</param>
/// <param name="Name">File name without number and extension.</param>
/// <param name="Sql">Shared SQL with the dialect's tokens.</param>
/// <param name="Checksum">SHA-256 of the step as shipped, hexadecimal.</param>
public sealed record Migration(int Number, string Name, string Sql, string Checksum)
{
    /// <summary>All steps of this program, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static List<Migration> Load()
    {
        Assembly assembly = typeof(Migration).Assembly;
        List<Migration> steps = [];
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            string sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            string file = resource["Migrations/".Length..^".sql".Length];
            steps.Add(new Migration(int.Parse(file[..4]), file[5..], sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))));
        }
        return steps;
    }
}

/// <summary>Brings a database to the schema of this program.</summary>
public static class Migrator
{
    /// <summary>Applies the missing steps in one transaction, under a lock that a second process waits for.</summary>
    /// <returns>Names of the steps applied now; empty when the schema was current.</returns>
    /// <exception cref="InvalidOperationException">An applied step differs from the shipped one, or the database is newer than the program.</exception>
    public static async Task<IReadOnlyList<string>> ApplyAsync(Database database, CancellationToken ct = default) =>
        await ApplyAsync(database, Migration.All, ct);

    internal static async Task<IReadOnlyList<string>> ApplyAsync(Database database, IReadOnlyList<Migration> steps, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        (DbConnection connection, DbTransaction transaction, Dialect dialect) = (session.Connection, session.Transaction, database.Dialect);
        await dialect.LockForMigrationAsync(connection, transaction, ct);
        await connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)",
            transaction: transaction);
        Dictionary<int, string> applied = (await connection.QueryAsync<(int Number, string Checksum)>(
            "SELECT number, checksum FROM schema_migration", transaction: transaction)).ToDictionary(r => r.Number, r => r.Checksum);
        Refuse(applied, steps);
        List<string> done = [];
        foreach (Migration step in steps.Where(s => !applied.ContainsKey(s.Number)))
        {
            await connection.ExecuteAsync(dialect.Translate(step.Sql), transaction: transaction);
            await connection.ExecuteAsync(
                "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (@Number, @Name, @Checksum, @at)",
                new { step.Number, step.Name, step.Checksum, at = database.Now }, transaction);
            done.Add($"{step.Number:D4}_{step.Name}");
        }
        await session.CommitAsync(ct);
        return done;
    }

    private static void Refuse(Dictionary<int, string> applied, IReadOnlyList<Migration> steps)
    {
        foreach ((int number, string checksum) in applied)
        {
            Migration step = steps.FirstOrDefault(s => s.Number == number)
                ?? throw new InvalidOperationException($"The database has migration {number:D4}, which this program does not know: start a newer version.");
            if (step.Checksum != checksum)
                throw new InvalidOperationException($"Migration {number:D4}_{step.Name} was applied with other content: a released migration must never change.");
        }
    }
}
