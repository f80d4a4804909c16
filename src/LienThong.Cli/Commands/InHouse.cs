using System.CommandLine;
using System.Text.Json;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;

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

    /// <summary>A verb <c>list</c>.</summary>
    /// <param name="description">What it shows.</param>
    /// <param name="load">Reads the items.</param>
    /// <param name="print">Shows them; told whether as JSON.</param>
    public static Command List<T>(string description, Func<House, CancellationToken, Task<IReadOnlyList<T>>> load, Func<IReadOnlyList<T>, bool, int> print)
    {
        var command = new Command("list", description) { Data, Postgres, Output };
        command.SetAction((parsed, ct) => RunAsync(parsed, async (house, json) => print(await load(house, ct), json), ct));
        return command;
    }

    /// <summary>Shows items as JSON (an object with one list) or as lines with their number below.</summary>
    /// <param name="items">The items.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="name">Name of the list in JSON.</param>
    /// <param name="write">Writes the members of an item.</param>
    /// <param name="line">Writes an item for people.</param>
    /// <param name="unit">What they are, in Vietnamese.</param>
    public static int Print<T>(IReadOnlyList<T> items, bool json, string name, Action<Utf8JsonWriter, T> write, Action<T> line, string unit)
    {
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteStartArray(name);
                foreach (T item in items)
                {
                    j.WriteStartObject();
                    write(j, item);
                    j.WriteEndObject();
                }

                j.WriteEndArray();
                j.WriteEndObject();
            });
            return ExitCode.Fine;
        }

        foreach (T item in items) line(item);
        Screen.Out.WriteLine($"{items.Count} {unit}.");
        return ExitCode.Fine;
    }

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
