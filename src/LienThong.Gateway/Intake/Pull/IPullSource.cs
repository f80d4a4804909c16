namespace LienThong.Gateway.Intake.Pull;

/// <summary>A hospital's database as a pass sees it, whichever way it is reached. Only reads.</summary>
internal interface IPullSource : IAsyncDisposable
{
    /// <summary>Opens a view for one batch. It is closed before the batch is worked on, so that nothing is held in the hospital's database meanwhile.</summary>
    /// <exception cref="PullException">The source doesn't answer.</exception>
    Task<IPullView> OpenAsync(CancellationToken ct);
}

/// <summary>What one batch sees; where the database can do it, all queries see the same moment.</summary>
internal interface IPullView : IAsyncDisposable
{
    /// <summary>Runs a query and reads its rows into memory.</summary>
    /// <exception cref="PullException">It failed, took too long or gave too many rows.</exception>
    Task<PulledTable> QueryAsync(PullRequest request, CancellationToken ct);
}

/// <summary>A query to be run.</summary>
/// <param name="Name">Name of the table, for messages.</param>
/// <param name="Sql">The query.</param>
/// <param name="Arguments">Values of its parameters by name.</param>
internal sealed record PullRequest(string Name, SqlText Sql, IReadOnlyDictionary<string, PullArgument> Arguments);

/// <summary>The value of a parameter: one or, for <c>@keys</c>, several.</summary>
/// <param name="Kind">Kind of the values.</param>
/// <param name="Values">The values, normalised (<see cref="PullScalar"/>).</param>
internal sealed record PullArgument(PullKind Kind, IReadOnlyList<string> Values)
{
    public static PullArgument One(PullKind kind, string value) => new(kind, [value]);
}
