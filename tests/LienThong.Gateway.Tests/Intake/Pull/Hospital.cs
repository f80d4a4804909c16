using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LienThong.Gateway.Tests.Intake.Pull;

/// <summary>An invented hospital system to pull from: the sample's on PostgreSQL, a small one on SQLite.</summary>
internal static class Hospital
{
    public const string Variable = "HIS_CONNECTION_OF_TESTS";

    /// <summary>A PostgreSQL schema with the 300 visits of samples/extract.</summary>
    public static string Postgres()
    {
        string connection = PostgresServer.NewSchema();
        Run(connection, File.ReadAllText(Repository.At("samples/extract/his-postgres.sql")));
        return connection;
    }

    public static void Run(string connection, string sql)
    {
        using NpgsqlConnection open = new(connection);
        open.Open();
        using NpgsqlCommand command = new(sql, open);
        command.ExecuteNonQuery();
    }

    /// <summary>The sample's plan over a connection.</summary>
    public static PullPlanLoad SamplePlan(string connection, Func<string, string>? change = null)
    {
        string variable = $"{Variable}_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, connection);
        string yaml = File.ReadAllText(Repository.At("samples/extract/his-postgres.yaml")).Replace("${HIS_CONNECTION}", "${" + variable + "}", StringComparison.Ordinal);
        PullPlanLoad load = PullPlanLoad.Read(change is null ? yaml : change(yaml));
        Assert.Empty(load.Errors);
        // The clock of the tests stands still, so nothing may wait for it.
        return load with { Plan = load.Plan! with { Pause = TimeSpan.Zero } };
    }

    /// <summary>A SQLite file with visits LK001… whose columns are called as the model calls them.</summary>
    public static string Sqlite(string folder, int visits, bool wal = true)
    {
        string path = Path.Combine(folder, $"his-{Guid.NewGuid():N}.db");
        RunSqlite(path, (wal ? "PRAGMA journal_mode = wal;" : "") + """
            CREATE TABLE luot_kham (MA_LK TEXT PRIMARY KEY, MA_CSKCB TEXT, MA_LOAI_KCB TEXT, MA_DOITUONG_KCB TEXT, NGAY_VAO TEXT, NGAY_RA TEXT, MA_BN TEXT, HO_TEN TEXT, moc INTEGER);
            CREATE TABLE thuoc (MA_LK TEXT, TEN_THUOC TEXT, SO_LUONG REAL, DON_GIA REAL, NGAY_YL TEXT);
            """);
        AddVisits(path, 1, visits);
        return path;
    }

    public static void AddVisits(string path, int first, int last) => RunSqlite(path, $"""
        WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
        INSERT INTO luot_kham SELECT printf('LK%03d', i), '99001', '01', '1', '2026-07-03 08:00', '2026-07-03 10:00', 'BN' || i, 'Trần Thử ' || i, 10 + i / 7 FROM n;
        WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
        INSERT INTO thuoc SELECT printf('LK%03d', i), 'Paracetamol', 10, 1500.5, '2026-07-03 08:30' FROM n;
        """);

    public static void RunSqlite(string path, string sql)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A plan over such a file; what is replaced in it by the caller's lines.</summary>
    public static string SqliteYaml(string path, string name = "nguon", int batch = 10, string overlap = "0") => $"""
        pull:
          name: {name}
          provider: sqlite
          connection: "Data Source={path}"
          facility: "99001"
          pause: 0s
          visits:
            query: SELECT MA_LK, moc FROM luot_kham WHERE moc > @watermark OR (moc = @watermark AND MA_LK > @key) ORDER BY moc, MA_LK LIMIT @batch
            key: MA_LK
            watermark: moc
            watermark-type: number
            batch: {batch}
            overlap: {overlap}
          queries:
            luot_kham: SELECT MA_LK, MA_CSKCB, MA_LOAI_KCB, MA_DOITUONG_KCB, NGAY_VAO, NGAY_RA, MA_BN, HO_TEN FROM luot_kham WHERE MA_LK IN (@keys)
            thuoc: SELECT * FROM thuoc WHERE MA_LK = @key
        """;
}
