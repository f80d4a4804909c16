using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Records;

namespace LienThong.Cli.Records;

/// <summary>The record a person names: by our id or by its <c>MA_LK</c>.</summary>
internal static class RecordNamed
{
    private const int MostAlike = 50;

    /// <summary>Finds it.</summary>
    /// <exception cref="CommandFailure">There is none, or several facilities have one.</exception>
    public static async Task<Guid> FindAsync(House house, string name, string? facility, CancellationToken ct)
    {
        if (Guid.TryParse(name, out Guid id))
            return await house.Queries.FindAsync(house.Self, id, ct) is null ? throw Missing(name) : id;
        RecordFilter filter = new() { MaLk = name, Facilities = facility is null ? [] : [facility] };
        List<RecordListItem> found = [];
        PageRequest page = new(MostAlike);
        while (true)
        {
            // The list is narrowed by the beginning of MA_LK only.
            Page<RecordListItem> items = await house.Queries.ListAsync(house.Self, filter, page, ct);
            found.AddRange(items.Items.Where(r => r.MaLk == name));
            if (items.Next is not { } next)
                break;
            page = page with { After = next };
        }
        return found switch
        {
            [] => throw Missing(name),
            [var one] => one.Id,
            _ => throw CommandFailure.Usage($"nhiều cơ sở có hồ sơ {Words.Plain(name, 100)}: {string.Join(", ", found.Select(r => r.Facility))}; chọn bằng --facility."),
        };
    }

    private static CommandFailure Missing(string name) => new(ExitCode.Blocked, $"không có hồ sơ {Words.Plain(name, 100)}.");
}
