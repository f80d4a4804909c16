using System.Security.Cryptography;
using System.Text;
using LienThong.Extracts;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Reads the file of a source: its <c>pull</c> group, and beside it the mapping of its columns. Everything that can be known to be wrong without the hospital's database is told with line and column.</summary>
internal sealed class PullPlanReader(string yaml)
{
    private const int MostErrors = 50;
    private const int MostQueries = 60;
    private const string Group = "pull";
    private const string Hint = "Câu truy vấn viết sau dấu «|» ở các dòng dưới, lùi vào trong.";
    private static readonly string[] Keys =
        ["name", "provider", "connection", "command", "assembly", "facility", "every", "timeout", "pause", "window", "max-rows", "visits", "queries"];

    private static readonly (string, PullProvider)[] Providers =
        [("postgres", PullProvider.Postgres), ("sqlite", PullProvider.Sqlite), ("command", PullProvider.Command), ("assembly", PullProvider.Assembly)];

    private readonly List<MappingError> errors = [];

    public PullPlanLoad Read()
    {
        PullPlan? plan = Yaml.Root(yaml, "tệp nguồn dữ liệu phải bắt đầu bằng mục pull.", Hint, Wrong) is { } root ? Root(root) : null;
        ExtractMapping? mapping = plan is null ? null : Mapping(plan);
        bool fine = errors.Count == 0;
        return new PullPlanLoad(fine ? plan : null, fine ? mapping : null, [.. errors.OrderBy(static e => e.Line).ThenBy(static e => e.Column).Take(MostErrors)]);
    }

    private void Wrong(YamlPart at, string message) => Wrong((int)at.Line, at.Column, message);

    private void Wrong(int line, int column, string message)
    {
        if (errors.Count < MostErrors) errors.Add(new MappingError(line, column, message));
    }

    private PullPlan? Root(YamlMap root)
    {
        foreach ((YamlText key, YamlPart part) in root.Members)
        {
            if (key.Value != Group) continue;
            if (part is YamlMap map) return Plan(new PullFields(map, Keys, Wrong));
            Wrong(part, "pull phải là nhóm các mục provider, connection, facility, visits, queries.");
            return null;
        }

        Wrong(root, "thiếu mục pull (nơi ghi provider, connection, facility, visits, queries).");
        return null;
    }

    private PullPlan? Plan(PullFields fields)
    {
        string name = fields.Need("name", "his-ngoai-tru");
        if (name.Length > 0 && !IsName(name)) Wrong(fields.Part("name")!, "name gồm chữ thường không dấu, số và dấu -, tối đa 40 ký tự.");
        PullProvider provider = fields.Word("provider", Providers, needed: true);
        string facility = fields.Need("facility", "\"99001\"");
        if (facility.Length > 0 && (facility.Length != 5 || !facility.All(char.IsAsciiLetterOrDigit))) Wrong(fields.Part("facility")!, "facility là mã cơ sở gồm 5 chữ hoặc số, đặt trong ngoặc kép.");
        PullVisits? visits = fields.Group("visits") is { } group ? VisitsOf(new PullFields(group, ["query", "key", "key-type", "watermark", "watermark-type", "start", "batch", "overlap"], Wrong)) : null;
        if (fields.Part("visits") is null) Wrong(fields.Map, "thiếu mục visits: câu truy vấn cho khóa và mốc của các lượt khám.");
        PullPlan? plan = visits is null ? null : new PullPlan
        {
            Name = name,
            Provider = provider,
            Connection = provider == PullProvider.Command ? "" : Connection(fields),
            Command = provider == PullProvider.Command ? PullClientReader.Command(fields) : null,
            Assembly = provider == PullProvider.Assembly ? PullClientReader.Assembly(fields) : null,
            Facility = facility,
            Every = fields.Duration("every", TimeSpan.FromSeconds(5), TimeSpan.FromHours(24), TimeSpan.FromMinutes(5)),
            Timeout = fields.Duration("timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(30)),
            Pause = fields.Duration("pause", TimeSpan.Zero, TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(200)),
            Window = Window(fields),
            MaxRows = fields.Number("max-rows", 1, 1_000_000, 100_000),
            Visits = visits,
            Queries = Queries(fields),
            Text = yaml,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)))[..16],
        };
        if (provider != PullProvider.Command && fields.Part("command") is { } command) Wrong(command, "command chỉ dùng với provider: command.");
        if (provider != PullProvider.Assembly && fields.Part("assembly") is { } assembly) Wrong(assembly, "assembly chỉ dùng với provider: assembly.");
        return plan;
    }

    private string Connection(PullFields fields)
    {
        string text = fields.Need("connection", "Host=…;Database=…;Username=lienthong_doc;Password=${HIS_PASSWORD}");
        if (PullSecrets.Problem(text) is { } problem) Wrong(fields.Part("connection")!, problem);
        return text;
    }

    private PullVisits VisitsOf(PullFields fields)
    {
        PullKind kind = fields.Word("watermark-type", [("time", PullKind.Time), ("number", PullKind.Number), ("text", PullKind.Text)], needed: false);
        string start = PullScalar.First(kind);
        if (fields.Text("start") is { } text)
        {
            if (PullScalar.TryNormalise(kind, text.Value) is { } normal) start = normal;
            else Wrong(text, kind == PullKind.Time ? "start phải dạng yyyy-MM-dd HH:mm:ss." : "start không đúng kiểu của watermark-type.");
        }

        return new PullVisits
        {
            Sql = Sql(fields, "query", ["watermark", "key", "batch"], all: true),
            Key = fields.Need("key", "ma_lk"),
            KeyKind = fields.Word("key-type", [("text", PullKind.Text), ("number", PullKind.Number)], needed: false),
            Watermark = fields.Need("watermark", "cap_nhat"),
            WatermarkKind = kind,
            Start = start,
            Batch = fields.Number("batch", 1, 1000, 200),
            Overlap = Overlap(fields, kind),
        };
    }

    private PullOverlap Overlap(PullFields fields, PullKind kind)
    {
        if (fields.Text("overlap") is not { } text) return kind == PullKind.Time ? new PullOverlap(TimeSpan.FromMinutes(10), 0) : default;
        if (kind == PullKind.Time && PullFields.TryDuration(text.Value) is { } duration && duration <= TimeSpan.FromDays(7)) return new PullOverlap(duration, 0);
        if (kind == PullKind.Number && uint.TryParse(text.Value, out uint difference)) return new PullOverlap(TimeSpan.Zero, difference);
        Wrong(text, kind switch
        {
            PullKind.Time => "overlap phải là khoảng thời gian, ví dụ 10m (nhiều nhất 7d).",
            PullKind.Number => "overlap phải là số nguyên.",
            _ => "watermark-type: text không lùi lại được; bỏ overlap hoặc dùng time, number.",
        });
        return default;
    }

    private List<PullQuery> Queries(PullFields fields)
    {
        var queries = new List<PullQuery>();
        if (fields.Group("queries") is not { Members.Count: > 0 } group)
        {
            if (fields.Part("queries") is null or YamlMap) Wrong(fields.Map, "thiếu mục queries: mỗi bảng một câu truy vấn, ví dụ «thuoc: SELECT … WHERE ma_lk IN (@keys)».");
            return queries;
        }

        if (group.Members.Count > MostQueries) Wrong(group, $"nhiều hơn {MostQueries} câu truy vấn.");
        var all = new PullFields(group, [.. group.Members.Select(m => m.Key.Value)], Wrong);
        foreach ((YamlText name, _) in group.Members.Take(MostQueries))
        {
            string sql = Sql(all, name.Value, ["keys", "key"], all: false);
            if (sql.Length > 0) queries.Add(new PullQuery(name.Value, sql, !SqlText.Read(sql, "keys", "key").Asks("keys")));
        }

        return queries;
    }

    // The query as written; empty, told, when it can't be run.
    private string Sql(PullFields fields, string name, string[] parameters, bool all)
    {
        if (fields.Need(name, "SELECT …").Length == 0) return "";
        YamlText text = fields.Text(name)!;
        try
        {
            SqlText sql = SqlText.Read(text.Value, parameters);
            if (all && Array.Find(parameters, p => !sql.Asks(p)) is { } missing)
                Wrong(text, $"câu truy vấn thiếu @{missing}; mẫu: WHERE moc > @watermark OR (moc = @watermark AND khoa > @key) ORDER BY moc, khoa LIMIT @batch.");
            else if (!all && parameters.Count(sql.Asks) != 1)
                Wrong(text, "câu truy vấn phải chọn theo lượt khám: dùng «IN (@keys)» (cả lô) hoặc «= @key» (từng lượt), chỉ một trong hai.");
            else return text.Value;
        }
        catch (SqlRefusedException e)
        {
            (int line, int column) = YamlPlaces.Of(yaml, text, e.Offset);
            Wrong(line, column, $"{e.Message} {e.Fix}");
        }

        return "";
    }

    private PullWindow? Window(PullFields fields)
    {
        if (fields.Text("window") is not { } text) return null;
        string[] parts = text.Value.Split('-', StringSplitOptions.TrimEntries);
        if (parts.Length == 2 && TimeOnly.TryParseExact(parts[0], "HH:mm", out TimeOnly from) && TimeOnly.TryParseExact(parts[1], "HH:mm", out TimeOnly to) && from != to) return new PullWindow(from, to);
        Wrong(text, "window phải dạng \"20:00-06:00\" (giờ Việt Nam).");
        return null;
    }

    private ExtractMapping? Mapping(PullPlan plan)
    {
        // Only the pull group: queries and columns are called as the model calls them.
        if (Yaml.Read(yaml) is YamlMap { Members.Count: 1 }) return ExtractMapping.ByName with { Facility = plan.Facility };
        MappingLoad load = ExtractMapping.Load(yaml);
        errors.AddRange(load.Errors);
        return load.Mapping is { } mapping ? mapping with { Facility = mapping.Facility.Length > 0 ? mapping.Facility : plan.Facility } : null;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 40 && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
