using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LienThong.Extracts;
using LienThong.Samples.Building;
using LienThong.Standard;

namespace LienThong.Samples;

/// <summary>Writes whole corpora: files of many records, streamed, so that memory doesn't grow with their number.</summary>
public sealed class CorpusWriter
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const int PairsPerMille = 200;
    private const int PairsWithin = 50;
    private readonly CorpusOptions options;
    private readonly SampleFactory factory;
    private readonly SampleError[] errors;

    /// <summary>A writer for one corpus.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public CorpusWriter(CorpusOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Files, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RecordsPerFile, 1, nameof(options));
        this.options = options;
        factory = new SampleFactory(options.Samples);
        errors = [.. SampleErrors.All, .. options.WithLists ? SampleErrors.OfLists : []];
    }

    /// <summary>The kind of the record with this number.</summary>
    public SampleKind KindOf(int index)
    {
        int d = Chance(index).Between(0, 999);
        if (d < options.LongStayPerMille) return SampleKind.LongStay;
        return d < options.LongStayPerMille + options.InpatientPerMille ? SampleKind.Inpatient : SampleKind.Outpatient;
    }

    /// <summary>Writes <c>HS-00001.xml</c> and so on and the answer key <c>answers.json</c> into a folder, which is created when missing;
    /// with <see cref="CorpusOptions.WithLists"/> also the code lists, in its folder <c>lists</c>.</summary>
    /// <returns>Bytes of all packages together.</returns>
    public long WriteFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        if (options.WithLists) WriteLists(Path.Combine(folder, "lists"));
        long bytes = 0;
        using FileStream key = File.Create(Path.Combine(folder, "answers.json"));
        key.Write("["u8);
        bool first = true;
        for (int file = 0; file < options.Files; file++)
        {
            string name = $"HS-{file + 1:D5}.xml";
            using FileStream stream = File.Create(Path.Combine(folder, name), 1 << 16);
            bytes += Write(stream, file, name, answer =>
            {
                key.Write(first ? "\n"u8 : ",\n"u8);
                first = false;
                JsonSerializer.Serialize(key, answer, Json);
            });
        }

        key.Write("\n]\n"u8);
        return bytes;
    }

    /// <summary>Writes the visits behind the corpus, one a line, into <c>visits.ndjson</c> of a folder, and the answer key <c>answers.json</c>.</summary>
    /// <returns>Bytes of the visits.</returns>
    public long WriteVisits(string folder)
    {
        const string Name = "visits.ndjson";
        Directory.CreateDirectory(folder);
        if (options.WithLists) WriteLists(Path.Combine(folder, "lists"));
        using FileStream stream = File.Create(Path.Combine(folder, Name), 1 << 16);
        using FileStream key = File.Create(Path.Combine(folder, "answers.json"));
        List<Answer> answers = [];
        int line = 0;
        foreach ((Visit visit, Answer? answer) in Visits())
        {
            VisitJsonWriter.Write(stream, visit);
            stream.WriteByte((byte)'\n');
            if (answer is not null) answers.Add(answer with { File = Name, Hoso = line });
            line++;
        }

        JsonSerializer.Serialize(key, answers, Json);
        return stream.Length;
    }

    /// <summary>Writes one file of the corpus.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="file">Its number, from 0; its records are numbered on from those before.</param>
    /// <param name="name">Its name, for the answers.</param>
    /// <param name="answers">Receives what is broken; may be null.</param>
    /// <returns>Bytes written.</returns>
    public long Write(Stream stream, int file, string name = "", Action<Answer>? answers = null)
    {
        long bytes = 0;
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        DateOnly created = options.CreatedOn ?? options.Samples.To.AddDays(1);
        var writer = new PackageWriter(buffer, PackageHeader.For(options.Samples.FacilityCode, created, options.RecordsPerFile));
        for (int hoso = 0; hoso < options.RecordsPerFile; hoso++)
        {
            int index = (file * options.RecordsPerFile) + hoso;
            RecordBuilder record = factory.Create(KindOf(index), index);
            Release release = factory.ReleaseOf(record);
            string key = record.Rows(TableId.Xml1)[0][Xml1.MA_LK]!;
            if (Break(record, index) is { } broken) answers?.Invoke(broken with { File = name, Hoso = hoso, MA_LK = key });
            using Record built = record.Build();
            writer.Add(built, release);
            bytes += Flush(buffer, stream);
        }

        writer.End();
        return bytes + Flush(buffer, stream);
    }

    private void WriteLists(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (SampleList list in SampleLists.All(options.Samples))
        {
            using FileStream stream = File.Create(Path.Combine(folder, list.File));
            list.Write(stream);
        }
    }

    /// <summary>
    /// The visits behind the corpus, as a hospital system would hand them over. Broken ones are broken in ways that are taken in and that building
    /// doesn't mend, so the record built from them has exactly the error of the answer. The corpus has to lie in the time of QĐ 3176 or later.
    /// </summary>
    public IEnumerable<(Visit Visit, Answer? Answer)> Visits()
    {
        for (int index = 0; index < options.Files * options.RecordsPerFile; index++)
        {
            Visit visit = SampleVisits.Of(factory.Create(KindOf(index), index));
            yield return IsBroken(index, out Dice dice) && BreakVisit(visit, dice, index) is { } broken ? broken : (visit, null);
        }
    }

    private (Visit, Answer)? BreakVisit(Visit visit, Dice dice, int index)
    {
        using Record clean = VisitBuilder.Build(visit, BuildOptions.Default).Record!;
        int first = dice.Between(0, errors.Length - 1);
        for (int i = 0; i < errors.Length; i++)
        {
            SampleError error = errors[(first + i) % errors.Length];
            RecordBuilder record = RecordBuilder.From(clean);
            if (error.Apply(record, new Random(index)) is not { } cell || Survives(record) is not { } broken) continue;
            return (broken, ToAnswer(error.Name, error.Code, error.Also, cell) with { MA_LK = broken.Key });
        }

        return null;
    }

    // The visit behind a broken record, when building it gives that very record again.
    private Visit? Survives(RecordBuilder record)
    {
        try
        {
            Visit visit = SampleVisits.Of(record);
            using Record? built = VisitBuilder.Build(visit, BuildOptions.Default).Record;
            using Record broken = record.Build();
            return built is not null && Bytes(built).SequenceEqual(Bytes(broken)) && IsTaken(visit) ? visit : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // What is turned away at the door (nothing where something has to be, another facility, an end to come) never becomes a record with a finding.
    private bool IsTaken(Visit visit)
    {
        using var stream = new MemoryStream();
        VisitJsonWriter.Write(stream, visit);
        stream.Position = 0;
        return visit.Facility == options.Samples.FacilityCode
            && ValueForm.AsDay(visit[VisitFields.Visit.NGAY_RA]) <= options.Samples.To
            && VisitJsonReader.Read(stream, ExtractLimits.Default).All(r => r.IsUsable);
    }

    private static byte[] Bytes(Record record) => PackageWriter.WriteSingle(record, Releases.Newest, "", default);

    private bool IsBroken(int index, out Dice dice)
    {
        dice = Chance(index);
        dice.Next();
        return dice.PerMille(options.ErrorPerMille);
    }

    private Answer? Break(RecordBuilder record, int index)
    {
        if (!IsBroken(index, out Dice dice)) return null;
        if (options.WithPairs && dice.PerMille(PairsPerMille) && Pair(record, index, dice) is { } pair) return pair;
        int first = dice.Between(0, errors.Length - 1);
        var random = new Random(index);
        for (int i = 0; i < errors.Length; i++)
        {
            SampleError error = errors[(first + i) % errors.Length];
            if (error.Apply(record, random) is { } cell) return ToAnswer(error.Name, error.Code, error.Also, cell);
        }

        return null;
    }

    // Beside a clean record of the same kind, a little earlier in the corpus.
    private Answer? Pair(RecordBuilder record, int index, Dice dice)
    {
        int first = dice.Between(0, SamplePairError.All.Count - 1);
        for (int other = index - 1; other >= 0 && other >= index - PairsWithin; other--)
        {
            if (KindOf(other) != KindOf(index) || IsBroken(other, out _)) continue;
            RecordBuilder beside = factory.Create(KindOf(other), other);
            for (int i = 0; i < SamplePairError.All.Count; i++)
            {
                SamplePairError error = SamplePairError.All[(first + i) % SamplePairError.All.Count];
                if (error.Apply(record, beside) is { } cell) return ToAnswer(error.Name, error.Code, error.Also, cell) with { Beside = beside.Rows(TableId.Xml1)[0][Xml1.MA_LK] };
            }
        }

        return null;
    }

    private Dice Chance(int index) => new(((ulong)(uint)options.Samples.Seed << 32) ^ (uint)index ^ 0xA5A5_0000_0000_0000);

    // File, position and key are the caller's to tell: errors may change the record's own.
    private static Answer ToAnswer(string name, string code, IReadOnlyList<string> also, SampleCell cell) =>
        new("", 0, "", code, also, name, cell.Table.Code(), cell.Row, cell.Field?.Name);

    private static int Flush(ArrayBufferWriter<byte> buffer, Stream stream)
    {
        int count = buffer.WrittenCount;
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        return count;
    }
}
