using System.Text.Json;
using LienThong.Standard;

namespace LienThong.Samples.Tests;

/// <summary>Corpora: countable, repeatable, with a key that leads to the broken cell.</summary>
public sealed class WritingCorpora
{
    [Fact]
    public void Files_hold_the_records_asked_for_and_the_key_names_real_cells()
    {
        string folder = Path.Combine(Path.GetTempPath(), "lienthong-corpus-" + Guid.NewGuid().ToString("N"));
        try
        {
            var options = new CorpusOptions { Files = 3, RecordsPerFile = 20, InpatientPerMille = 0, ErrorPerMille = 300 };
            long bytes = new CorpusWriter(options).WriteFolder(folder);
            string[] files = Directory.GetFiles(folder, "*.xml");
            Assert.Equal(3, files.Length);
            Assert.Equal(bytes, files.Sum(f => new FileInfo(f).Length));
            using JsonDocument key = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "answers.json")));
            JsonElement[] answers = [.. key.RootElement.EnumerateArray()];
            Assert.InRange(answers.Length, 8, 30);
            var keys = files.Order().ToDictionary(f => Path.GetFileName(f), Keys);
            Assert.All(keys.Values, k => Assert.Equal(20, k.Count));
            Assert.All(answers, a => Assert.Equal(keys[a.GetProperty("file").GetString()!][a.GetProperty("hoso").GetInt32()], a.GetProperty("MA_LK").GetString()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_corpus_is_the_same_every_time()
    {
        var options = new CorpusOptions { RecordsPerFile = 30, InpatientPerMille = 50, ErrorPerMille = 500 };
        var answers = new List<Answer>();
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        new CorpusWriter(options).Write(first, 0, "a", answers.Add);
        new CorpusWriter(options).Write(second, 0, "a");
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.NotEmpty(answers);
    }

    private static List<string> Keys(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using var reader = new PackageReader(stream);
        var keys = new List<string>();
        while (reader.Read(out Record? record)) keys.Add(record.Summary!.Value[Xml1.MA_LK].Text);
        Assert.DoesNotContain(reader.Problems, p => p.Severity == Severity.Block);
        return keys;
    }
}
