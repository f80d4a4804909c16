using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Where the rows come from.</summary>
public enum PullProvider
{
    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A client program of the site (sqlcmd, sqlplus, mysql, a script) that prints rows.</summary>
    Command,

    /// <summary>An ADO.NET provider that the site puts beside the product as an assembly.</summary>
    Assembly,
}

/// <summary>Whose SQL it is, where values are written into the query as literals.</summary>
public enum PullDialect
{
    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>Microsoft SQL Server.</summary>
    SqlServer,

    /// <summary>Oracle.</summary>
    Oracle,

    /// <summary>MySQL, MariaDB.</summary>
    MySql,
}

/// <summary>A source of visits as its YAML file describes it, checked. Secrets are not in it: they are resolved when a pass starts.</summary>
public sealed record PullPlan
{
    /// <summary>Name under which the watermark is kept.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of source.</summary>
    public required PullProvider Provider { get; init; }

    /// <summary>Connection string with <c>${NAME}</c> and <c>${@FILE}</c> unresolved; empty for a command.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The client program; null unless the source is one.</summary>
    public PullCommand? Command { get; init; }

    /// <summary>The provider's assembly; null unless the source is one.</summary>
    public PullAssembly? Assembly { get; init; }

    /// <summary>Code of the facility whose visits these are.</summary>
    public required string Facility { get; init; }

    /// <summary>Wait between two passes.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time for one query.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait between two batches.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Hours of the day (Vietnam) in which the source may be read; null for all day. One that ends before it begins goes over midnight.</summary>
    public PullWindow? Window { get; init; }

    /// <summary>Most rows of one query; more are an error, for then a join is wrong or the batch too large.</summary>
    public int MaxRows { get; init; } = 100_000;

    /// <summary>Which visits there are.</summary>
    public required PullVisits Visits { get; init; }

    /// <summary>Queries by name, in the order written.</summary>
    public required IReadOnlyList<PullQuery> Queries { get; init; }

    /// <summary>The whole file, for the mapping of columns in it.</summary>
    public required string Text { get; init; }

    /// <summary>Hash of the file: what was refused is tried again when it changes.</summary>
    public required string Hash { get; init; }
}

/// <summary>Hours of the day.</summary>
/// <param name="From">First minute.</param>
/// <param name="To">Minute it ends before.</param>
public readonly record struct PullWindow(TimeOnly From, TimeOnly To)
{
    /// <summary>Whether it is open at a time of the day.</summary>
    public bool Holds(TimeOnly time) => time.IsBetween(From, To);
}

/// <summary>The query that tells keys and watermarks, in the order of both.</summary>
public sealed record PullVisits
{
    /// <summary>The query as written.</summary>
    public required string Sql { get; init; }

    /// <summary>Column of the key.</summary>
    public required string Key { get; init; }

    /// <summary>Kind of the key.</summary>
    public PullKind KeyKind { get; init; } = PullKind.Text;

    /// <summary>Column of the watermark.</summary>
    public required string Watermark { get; init; }

    /// <summary>Kind of the watermark.</summary>
    public PullKind WatermarkKind { get; init; } = PullKind.Time;

    /// <summary>Where the first pass begins; the very first when it isn't given.</summary>
    public required string Start { get; init; }

    /// <summary>Visits of a batch.</summary>
    public int Batch { get; init; } = 200;

    /// <summary>How far a pass goes back.</summary>
    public PullOverlap Overlap { get; init; }
}

/// <summary>A query for the rows of a batch of visits.</summary>
/// <param name="Name">Name of the table it stands for, e.g. <c>thuoc</c>.</param>
/// <param name="Sql">The query as written.</param>
/// <param name="PerVisit">Whether it is run for each key (<c>@key</c>) instead of once for all (<c>@keys</c>).</param>
public sealed record PullQuery(string Name, string Sql, bool PerVisit);

/// <summary>A client program of the site.</summary>
public sealed record PullCommand
{
    /// <summary>Full path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments; <c>{query}</c> and <c>{file}</c> stand for the query and a file that holds it.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables, with secrets unresolved.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whose SQL.</summary>
    public required PullDialect Dialect { get; init; }

    /// <summary>What is sent before every query, a line each.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Lines between headers and rows that are no rows (sqlcmd underlines its headers).</summary>
    public int SkipLines { get; init; }

    /// <summary>Separator of cells.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>How cells are written.</summary>
    public PullFormat Format { get; init; }

    /// <summary>The word printed for NULL; null when nothing is printed.</summary>
    public string? Null { get; init; }

    /// <summary>Encoding of the output; null: found out.</summary>
    public string? Encoding { get; init; }

    /// <summary>Numbers in the output.</summary>
    public NumberForm Numbers { get; init; } = NumberForm.Point;
}

/// <summary>How a client program writes rows.</summary>
public enum PullFormat
{
    /// <summary>CSV with quotes where they are needed.</summary>
    Csv,

    /// <summary>Separated cells without any quoting; a cell can hold neither the separator nor a line end.</summary>
    Plain,

    /// <summary>Tabs, with <c>\t \n \\ \0</c> written out, as <c>mysql --batch</c> prints.</summary>
    MySqlBatch,
}

/// <summary>An ADO.NET provider in an assembly of the site.</summary>
/// <param name="Path">Full path of the assembly.</param>
/// <param name="Type">Full name of its <see cref="System.Data.Common.DbProviderFactory"/>.</param>
/// <param name="ParameterPrefix">Mark before parameters in its SQL: <c>@</c> or <c>:</c>.</param>
/// <param name="Before">What is sent when a connection is opened, a statement each.</param>
public sealed record PullAssembly(string Path, string Type, char ParameterPrefix, IReadOnlyList<string> Before);
