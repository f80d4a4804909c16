using System.Text.Json;

namespace LienThong.Portal;

/// <summary>Reads an answer of the card lookup, fresh from the portal or kept as evidence.</summary>
public static class CardAnswerReading
{
    /// <summary>The answer with its code's meaning; null when it isn't a whole JSON object with <c>maKetQua</c>.</summary>
    /// <param name="answer">As it came.</param>
    /// <param name="codes">Meaning of codes.</param>
    public static CardAnswer? TryRead(PortalAnswer answer, CardLookupCodes codes)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(codes);
        return PortalReply.TryRead(answer) is { } reply ? Read(reply, answer, codes) : null;
    }

    internal static CardAnswer Read(PortalReply reply, PortalAnswer answer, CardLookupCodes codes)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in reply.Root.EnumerateObject())
        {
            if (property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
                fields.TryAdd(PortalReply.NameOf(property), PortalReply.Text(reply.Root, PortalReply.NameOf(property)));
        }

        return new CardAnswer(
            reply.Code, codes.Get(reply.Code), reply.Text("ghiChu"), fields,
            Items(reply, "dsLichSuKCB2018", static item => new CardVisit(
                PortalReply.Text(item, "maHoSo"), PortalReply.Text(item, "maCSKCB"), PortalReply.Text(item, "ngayVao"),
                PortalReply.Text(item, "ngayRa"), PortalReply.Text(item, "tenBenh"), PortalReply.Text(item, "tinhTrang"),
                PortalReply.Text(item, "kqDieuTri"), PortalReply.Text(item, "lyDoVV"))),
            Items(reply, "dsLichSuKT2018", static item => new CardCheck(
                PortalReply.Text(item, "userKT"), PortalReply.Text(item, "thoiGianKT"), PortalReply.Text(item, "thongBao"),
                PortalReply.Text(item, "maLoi"))),
            answer);
    }

    private static List<T> Items<T>(PortalReply reply, string name, Func<JsonElement, T> read)
    {
        var items = new List<T>();
        if (PortalReply.Member(reply.Root, name) is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (JsonElement item in list.EnumerateArray())
                items.Add(read(item));
        }

        return items;
    }
}
