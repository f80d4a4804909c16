using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Receipts;

/// <summary>What was sent long ago and no list of the portal has confirmed: to be looked up before the portal stops showing it (<see cref="ResultWindow"/>).</summary>
public sealed class UnconfirmedReceipts
{
    private readonly Database database;
    private readonly ReceiptStore receipts;

    internal UnconfirmedReceipts(Database database, ReceiptStore receipts) => (this.database, this.receipts) = (database, receipts);

    /// <summary>The records, longest sent first, paged by key.</summary>
    public async Task<Page<UnconfirmedRecord>> ListAsync(Caller caller, PageRequest page, CancellationToken ct)
    {
        (long remind, _) = Windows();
        (long at, string id) = PageCut.Key(page.After, long.MinValue);
        return PageCut.Of(await receipts.UnconfirmedAsync(caller, remind, at, id, PageCut.Take(page) + 1, ct), page, u => new UnconfirmedRecord(
            Guid.Parse(u.RecordId), u.Facility, u.MaLk, u.Version, Enum.Parse<RecordState>(u.State), ListRow.Utc(u.SentAt),
            ListRow.Utc(u.SentAt).AddDays(ResultWindow.On(ListRow.Utc(u.SentAt).VietnamDay()).Days)), u => PageKey.Of(u.SentAt.ToString(CultureInfo.InvariantCulture), u.Id));
    }

    /// <summary>How many such records there are.</summary>
    public async Task<UnconfirmedCounts> CountAsync(Caller caller, CancellationToken ct)
    {
        (long remind, long closed) = Windows();
        return new UnconfirmedCounts(await receipts.CountUnconfirmedAsync(caller, closed, remind, ct), await receipts.CountUnconfirmedAsync(caller, long.MinValue, closed, ct));
    }

    private (long Remind, long Closed) Windows()
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        ResultWindow window = ResultWindow.On(now.VietnamDay());
        return (now.AddDays(-window.RemindAfter).ToUnixTimeMilliseconds(), now.AddDays(-window.Days).ToUnixTimeMilliseconds());
    }
}
