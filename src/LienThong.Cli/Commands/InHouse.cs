using System.CommandLine;
using LienThong.Cli.Sending;

namespace LienThong.Cli.Commands;

/// <summary>What verbs share that work on the gateway's data folder: where it is, and that it is closed again.</summary>
internal static class InHouse
{
    /// <summary>The data folder.</summary>
    public static readonly Option<string?> Data = Setting.Text("--data", "DIR", "Thư mục dữ liệu.");

    /// <summary>PostgreSQL instead of SQLite.</summary>
    public static readonly Option<string?> Postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");

    /// <summary>Text or JSON.</summary>
    public static readonly Option<string?> Output = Setting.Output();

    /// <summary>Works on the data folder that the command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="work">The work; told whether its result is wanted as JSON.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="create">Whether an empty folder may be turned into a data folder.</param>
    public static async Task<int> RunAsync(ParseResult parsed, Func<House, bool, Task<int>> work, CancellationToken ct, bool create = false)
    {
        bool json = parsed.WantsJson(Output);
        (House house, _) = await House.OpenAsync(parsed.Need(Data), parsed.GetValue(Postgres), create, ct);
        await using House owned = house;
        return await work(house, json);
    }
}
