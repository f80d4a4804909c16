using LienThong.Gateway.Archive;

namespace LienThong.Gateway.Storage;

/// <summary>Remembers in the database which archive its contents are in: a node or command set up for another one would look for them in vain and scatter new ones.</summary>
public sealed class ArchivePlaceStore(Database database)
{
    /// <summary>Which archive the database belongs to; null before anything was noted.</summary>
    public async Task<string?> FindAsync(CancellationToken ct) =>
        (await database.QueryUnscopedAsync<string>("SELECT place FROM archive_place", null, ct)).SingleOrDefault();

    /// <summary>Notes the archive of a new database, and refuses another one than was noted.</summary>
    /// <exception cref="InvalidOperationException">It belongs to another; the message is Vietnamese and says what to do.</exception>
    public async Task CheckAsync(string place, CancellationToken ct)
    {
        if (await FindAsync(ct) is not { } noted)
        {
            await using WriteSession session = await database.BeginAsync(ct);
            await session.InsertNewAsync("archive_place", ["id", "place"], [[1L, place]], ct);
            await session.CommitAsync(ct);
            noted = (await FindAsync(ct))!;
        }
        if (noted != place)
            throw new InvalidOperationException($"dữ liệu này dùng {Name(noted)}, nhưng chương trình đang được cấu hình cho {Name(place)}; đặt lại các biến LIENTHONG_S3_…, hoặc chuyển kho bằng «lienthong archive copy --to … --switch»");
    }

    /// <summary>Notes that the contents are in another archive from now on.</summary>
    public async Task SwitchAsync(string place, string actor, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync("DELETE FROM archive_place", null, ct);
        await session.InsertNewAsync("archive_place", ["id", "place"], [[1L, place]], ct);
        session.Audit("", actor, "archive.switched", place);
        await session.CommitAsync(ct);
    }

    private static string Name(string place) => place == FolderArchive.FolderPlace ? "kho trong thư mục dữ liệu" : $"kho {place}";
}
