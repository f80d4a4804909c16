using System.Data.Common;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Gateway.Storage.Sources;

/// <summary>A database whose ADO.NET provider the site puts beside the product. What keeps a session of it from writing or blocking, the site says in <c>before</c>.</summary>
internal sealed class AssemblySource(PullPlan plan, PullSecrets secrets, ExtractLimits limits) : AdoSource(plan, secrets, limits)
{
    private DbProviderFactory? factory;

    public override char ParameterPrefix => Plan.Assembly!.ParameterPrefix;

    protected override DbConnection Create(string connectionString)
    {
        factory ??= ProviderAssembly.Load(Plan.Assembly!);
        DbConnection connection = factory.CreateConnection() ?? throw new PullException($"«{Plan.Assembly!.Type}» không tạo được kết nối.", "Dùng lớp DbProviderFactory của trình điều khiển.");
        connection.ConnectionString = connectionString;
        return connection;
    }

    protected override async Task<DbTransaction?> BeginAsync(DbConnection connection, CancellationToken ct)
    {
        foreach (string statement in Plan.Assembly!.Before) await SayAsync(connection, null, statement, ct);
        return null;
    }

    public override AdoWatch Watch(DbConnection connection, DbCommand command, CancellationToken ct) => new(Plan.Timeout, () => Cancel(command), ct);

    private static void Cancel(DbCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception e) when (IsTrouble(e))
        {
            // Some providers can't; their own command timeout ends the query.
        }
    }
}
