using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Reads <see cref="RecordFacts"/> out of a record.</summary>
internal static class FactsReading
{
    private const int Longest = 100;

    public static RecordFacts Read(Record record, Row row) => new()
    {
        Facility = Text(row[Xml1.MA_CSKCB]),
        MaLk = Text(row[Xml1.MA_LK]),
        MaBn = Text(row[Xml1.MA_BN]),
        Cccd = Text(row[Xml1.SO_CCCD]),
        Cards = Cards(row[Xml1.MA_THE_BHYT], out bool forces),
        IsOfTheForces = forces,
        Sex = Text(row[Xml1.GIOI_TINH]),
        Name = Text(row[Xml1.HO_TEN]),
        Born = Text(row[Xml1.NGAY_SINH]),
        Registered = Text(row[Xml1.MA_DKBD]),
        CardFrom = Text(row[Xml1.GT_THE_TU]),
        CardTo = Text(row[Xml1.GT_THE_DEN]),
        VisitKind = row[Xml1.MA_LOAI_KCB].Integer().Or(0),
        Category = Text(row[Xml1.MA_DOITUONG_KCB]),
        Disease = Text(row[Xml1.MA_BENH_CHINH]),
        Arrived = Moment(row[Xml1.NGAY_VAO]),
        Discharged = Moment(row[Xml1.NGAY_RA]),
        IsPaid = Money(row[Xml1.T_BHTT]) > 0,
        Copaid = Money(row[Xml1.T_BNCCT]),
        FiveYears = Day(row[Xml1.NAM_NAM_LIEN_TUC]),
        IsWaived = !row[Xml1.NGAY_MIEN_CCT].IsEmpty,
        Acts = Acts(record[TableId.Xml3]),
        Appointments = Appointments(record[TableId.Xml14]),
        Serials = [.. Serials(record[TableId.Xml10], Xml10.SO_SERI), .. Serials(record[TableId.Xml11], Xml11.SO_SERI)],
        Claims = Claims(record, row),
        CardNumber = First(row[Xml1.MA_THE_BHYT]),
        Area = Text(row[Xml1.MA_KHUVUC]),
    };

    public static CheckInFacts CheckIn(Row row) => new(
        Text(row[Xml0.MA_BN]), Text(row[Xml0.GIOI_TINH]), Moment(row[Xml0.NGAY_VAO]), Text(row[Xml0.HO_TEN]), Text(row[Xml0.NGAY_SINH]),
        Cards(row[Xml0.MA_THE_BHYT], out _) is [{ } card, ..] ? card : "")
    {
        CardNumber = First(row[Xml0.MA_THE_BHYT]),
    };

    /// <summary>A code or tender as lists compare it: NFC, in capitals.</summary>
    public static string Folded(string text) => text.Normalize().ToUpperInvariant();

    // A record that withdraws an earlier one (8) claims nothing.
    private static Claim[] Claims(Record record, Row summary)
    {
        if (summary[Xml1.MA_DOITUONG_KCB].Is("8"u8)) return [];
        var claims = new List<Claim>();
        Add(record[TableId.Xml2], LineFields.Drugs, Xml2.MA_THUOC, Xml2.TT_THAU, Xml2.STT);
        Add(record[TableId.Xml3], LineFields.Services, Xml3.MA_VAT_TU, Xml3.TT_THAU, Xml3.STT);
        return [.. claims];

        void Add(Table? table, LineFields fields, FieldId code, FieldId tender, FieldId stt)
        {
            for (int i = 0; table is not null && i < table.Count; i++)
            {
                Row row = table[i];
                if (row[code].IsEmpty || row[tender].IsEmpty || row[fields.Ordered].Day() is not { IsPresent: true } day) continue;
                if (Money(row[fields.Quantity]) is not (> 0 and var quantity) || Money(row[fields.Covered]) <= 0) continue;
                claims.Add(new Claim(
                    table.Id, i + 1, Text(row[stt]), Folded(Text(row[code])), Folded(Text(row[tender])), day.Value, quantity,
                    Text(row[fields.Department]), First(row[fields.Doctor]), Money(row[fields.Fund])));
            }
        }
    }

    private static Act[] Acts(Table? services)
    {
        if (services is null) return [];
        var acts = new List<Act>(services.Count);
        for (int i = 0; i < services.Count; i++)
        {
            Row row = services[i];
            int group = row.Group();
            if (group is 0 or 7 or 10 or 11 or 17 || row[Xml3.MA_DICH_VU].IsEmpty) continue;
            acts.Add(new Act(
                i + 1, Text(row[Xml3.STT]), group, Text(row[Xml3.MA_DICH_VU]), First(row[Xml3.MA_BAC_SI]), First(row[Xml3.NGUOI_THUC_HIEN]), First(row[Xml3.MA_MAY]),
                Text(row[Xml3.MA_GIUONG]), Text(row[Xml3.MA_KHOA]), Moment(row[Xml3.NGAY_YL]), Moment(row[Xml3.NGAY_TH_YL]), Moment(row[Xml3.NGAY_KQ]),
                Money(row[Xml3.TYLE_TT_DV]) == 100, Money(row[Xml3.THANH_TIEN_BH]) > 0, Money(row[Xml3.T_BHTT])));
        }

        return [.. acts];
    }

    private static string[] Cards(Value value, out bool forces)
    {
        var cards = new List<string>(1);
        int own = 0;
        foreach (ReadOnlySpan<byte> item in value.Items())
        {
            if (item.Length is not (10 or 15)) continue;
            if (item.Length == 15 && Reading.Contains("QN HC LS XK CY CA"u8, item[..2])) own++;
            cards.Add(Show.Of(item[^10..]));
        }

        forces = own > 0 && own == cards.Count;
        return [.. cards];
    }

    private static DateTime[] Appointments(Table? letters)
    {
        if (letters is null) return [];
        var days = new List<DateTime>(letters.Count);
        for (int i = 0; i < letters.Count; i++)
        {
            if (Day(letters[i][Xml14.NGAY_HEN_KL]) is { } day) days.Add(day);
        }

        return [.. days];
    }

    private static List<Serial> Serials(Table? papers, FieldId field)
    {
        var serials = new List<Serial>();
        for (int i = 0; papers is not null && i < papers.Count; i++)
        {
            if (Text(papers[i][field]) is { Length: > 0 } number) serials.Add(new Serial(field.Table, i + 1, number));
        }

        return serials;
    }

    private static string First(Value value)
    {
        ListItems items = value.Items();
        return items.MoveNext() ? Cut(Show.Of(items.Current)) : "";
    }

    private static string Text(Value value) => value.IsEmpty ? "" : Cut(Show.Of(value.Trimmed));

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];

    private static DateTime? Moment(Value value) => value.DateTime12() is { IsPresent: true } moment ? moment.Value : null;

    private static DateTime? Day(Value value) => value.Day() is { IsPresent: true } day ? day.Value.ToDateTime(TimeOnly.MinValue) : null;

    private static decimal Money(Value value) => value.Decimal() is { IsPresent: true } amount && Math.Abs(amount.Value) < 1_000_000_000_000m ? amount.Value : 0;
}
