using System.Globalization;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>The report for people: a line per file, then what happened, the same thing in all records told once.</summary>
internal sealed class ConvertText(TextWriter to, bool toldInFiles) : IConvertReport
{
    private const int MostGroups = 2000;
    private const int MostFileLines = 50;
    private const int MostLeftOut = 20;

    private readonly Dictionary<(ChangeKind Kind, TableId Table, string Field, string Target, string Why), Group> groups = [];
    private readonly SortedDictionary<string, int> ways = new(StringComparer.Ordinal);
    private readonly List<string> leftOut = [];
    private int files;
    private int untold;

    /// <inheritdoc/>
    public void BeginFile(PlannedFile file) => leftOut.Clear();

    /// <inheritdoc/>
    public void Converted(Record record, Conversion conversion)
    {
        string way = conversion.From == conversion.To ? $"giữ nguyên {conversion.From.DecisionNumber}" : $"{conversion.From.DecisionNumber} → {conversion.To.DecisionNumber}";
        ways[way] = ways.GetValueOrDefault(way) + 1;
        foreach (Change change in conversion.Changes) Count(change, record);
    }

    /// <inheritdoc/>
    public void LeftOut(Record record, string why)
    {
        string key = Identity.MaLk(record);
        if (leftOut.Count <= MostLeftOut) leftOut.Add($"Hồ sơ {record.Index + 1}{(key.Length > 0 ? $" ({Words.Plain(key, 80)})" : "")} không chuyển: {why}.");
    }

    /// <inheritdoc/>
    public void EndFile(PlannedFile file, IReadOnlyList<Problem> problems, ConvertTally tally)
    {
        files++;
        bool trouble = leftOut.Count > 0 || problems.Any(p => p.Severity == Severity.Block);
        if (files > MostFileLines && !trouble) return;
        string target = tally.Written > 0 ? $" → {Words.Plain(file.Output!, 4096)}" : "";
        to.WriteLine($"{Words.Plain(file.Input.Path, 4096)}{target}: {tally.Converted}/{tally.Found} hồ sơ{(tally.SignaturesDropped > 0 ? ", bỏ chữ ký số" : "")}");
        foreach (Problem problem in problems)
        {
            to.WriteLine($"  {Words.Label(problem.Severity)}  {(problem.Line is { } line ? $"dòng {line}: " : "")}{Words.Plain(problem.Message, 1000)} [{problem.Code}]");
        }

        foreach (string line in leftOut.Take(MostLeftOut)) to.WriteLine($"  {line}");
        if (leftOut.Count > MostLeftOut) to.WriteLine("  … và các hồ sơ khác; xem --output json.");
    }

    /// <inheritdoc/>
    public void End(ConvertTally tally)
    {
        if (files > MostFileLines) to.WriteLine($"… tổng cộng {files} tệp.");
        foreach ((string way, int count) in ways) to.WriteLine($"{way}: {count} hồ sơ");
        foreach ((ChangeKind kind, long count) in tally.Counts)
        {
            if (count == 0) continue;
            to.WriteLine();
            to.WriteLine($"{Title(kind)} ({count})");
            if (kind is ChangeKind.Missing or ChangeKind.MissingIfNeeded or ChangeKind.Renamed or ChangeKind.Derived) Fields(kind);
            else Values(kind);
        }

        if (untold > 0) to.WriteLine($"… và {untold} dòng nữa; xem --output json.");
        to.WriteLine();
        to.WriteLine(Summary(tally));
        if (tally.SignaturesDropped > 0) to.WriteLine("Chữ ký số của gói gốc không còn giá trị sau khi chuyển nên đã bỏ; ký lại bằng lệnh sign.");
        if (toldInFiles) to.WriteLine("Từng dòng một: xem tệp .report.json cạnh gói đã chuyển.");
        else if (tally.Counts.Any(c => c.Count > 0)) to.WriteLine("Chưa ghi gói nào: thêm --out THƯ_MỤC để ghi. Từng dòng một: --output json.");
    }

    private void Count(Change change, Record record)
    {
        var key = (change.Kind, change.Table, change.Field, change.Target, change.Why);
        if (!groups.TryGetValue(key, out Group? group))
        {
            if (groups.Count == MostGroups)
            {
                untold++;
                return;
            }

            groups[key] = group = new Group(change, Identity.MaLk(record));
        }

        group.Count++;
    }

    // What is told by the names alone: the fields of a table in one line.
    private void Fields(ChangeKind kind)
    {
        foreach (IGrouping<(TableId Table, string Why), Group> line in Of(kind).GroupBy(g => (g.First.Table, g.First.Why)))
        {
            IEnumerable<string> names = line.Select(g => (g.First.Field == g.First.Target ? g.First.Field : $"{g.First.Field} → {g.First.Target}") + (g.Count > 1 ? $" ×{g.Count.ToString(CultureInfo.InvariantCulture)}" : ""));
            to.WriteLine($"  {line.Key.Table.Code(),-6} {string.Join(", ", names.Select(n => Words.Plain(n, 200)))}");
            if (kind != ChangeKind.Renamed || line.Key.Why != "đổi tên trường") to.WriteLine($"         {Words.Faint(line.Key.Why)}");
        }
    }

    private void Values(ChangeKind kind)
    {
        foreach (Group group in Of(kind))
        {
            Change first = group.First;
            string field = first.Target.Length > 0 && first.Target != first.Field ? $"{first.Field} → {first.Target}" : first.Field;
            string value = first.Old.Length == 0 && first.New.Length == 0 ? ""
                : first.New.Length == 0 || first.New == first.Old ? $" «{Words.Plain(first.Old, 60)}»"
                : first.Old.Length == 0 ? $" = «{Words.Plain(first.New, 60)}»"
                : $" «{Words.Plain(first.Old, 60)}» → «{Words.Plain(first.New, 60)}»";
            string place = value.Length == 0 ? "" : $" ({(group.Key.Length > 0 ? Words.Plain(group.Key, 60) : "không có MA_LK")}{(first.Row is { } row ? $", dòng {row}" : "")})";
            to.WriteLine($"  {first.Table.Code(),-6} {Words.Plain(field, 200)} ×{group.Count}:{(value.Length > 0 ? " ví dụ" : "")}{value}{place}");
            to.WriteLine($"         {Words.Faint(first.Why)}");
        }
    }

    private IEnumerable<Group> Of(ChangeKind kind) => groups.Values.Where(g => g.First.Kind == kind).OrderBy(g => g.First.Table);

    private static string Summary(ConvertTally tally)
    {
        string text = $"{tally.Files} tệp, {tally.Converted}/{tally.Found} hồ sơ đã chuyển, {tally.Written} tệp đã ghi";
        foreach ((ChangeKind kind, long count) in tally.Counts) text += count > 0 ? $"; {count} {Short(kind)}" : "";
        return text + ".";
    }

    private static string Title(ChangeKind kind) => kind switch
    {
        ChangeKind.Renamed => "ĐỔI TÊN, giá trị giữ nguyên",
        ChangeKind.Recoded => "ĐỔI CÁCH GHI",
        ChangeKind.Derived => "TÍNH ĐƯỢC từ số liệu của hồ sơ",
        ChangeKind.Filled => "ĐIỀN giá trị do chuẩn quy định",
        ChangeKind.Review => "XEM LẠI: giữ nguyên nhưng quy định đã đổi",
        ChangeKind.Dropped => "BỎ: không có chỗ trong chuẩn mới",
        ChangeKind.Missing => "THIẾU: chuẩn mới bắt buộc, để trống",
        _ => "CÓ THỂ THIẾU: chuẩn mới bắt buộc trong một số trường hợp",
    };

    private static string Short(ChangeKind kind) => kind switch
    {
        ChangeKind.Renamed => "đổi tên",
        ChangeKind.Recoded => "đổi cách ghi",
        ChangeKind.Derived => "tính được",
        ChangeKind.Filled => "điền theo quy định",
        ChangeKind.Review => "cần xem lại",
        ChangeKind.Dropped => "bỏ",
        ChangeKind.Missing => "thiếu",
        _ => "có thể thiếu",
    };

    private sealed class Group(Change first, string key)
    {
        public Change First { get; } = first;

        /// <summary>The record it was seen in first.</summary>
        public string Key { get; } = key;

        public int Count { get; set; }
    }
}
