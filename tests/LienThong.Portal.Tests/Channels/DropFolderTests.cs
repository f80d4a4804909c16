using System.Security.Cryptography;
using System.Text;
using LienThong.Portal.Channels;

namespace LienThong.Portal.Tests.Channels;

public sealed class DropFolderTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("lienthong-drop-");
    private readonly TestClock clock = TestClock.July1st();
    private readonly ChannelFactory factory;

    public DropFolderTests() => factory = new ChannelFactory(new PortalOptions { MaxAnswerBytes = 1000 }, clock);

    public void Dispose()
    {
        factory.Dispose();
        root.Delete(recursive: true);
    }

    [Fact]
    public async Task A_drop_is_the_whole_file_under_its_name_and_stays_open()
    {
        PortalSubmission record = A.Record("99001.0001");

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await Channel().SendAsync(record, CancellationToken.None));

        Assert.Equal("99001_20260701153000_99001.0001.xml", outcome.TransactionCode);
        Assert.Equal(["99001_20260701153000_99001.0001.xml"], Files());
        Assert.Equal(record.Document.ToArray(), File.ReadAllBytes(Path.Combine(root.FullName, outcome.TransactionCode)));
        Assert.Null(await Channel().AskAsync(outcome.TransactionCode, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_keeps_channels_in_its_folder_links_and_answers_included()
    {
        DirectoryInfo fence = root.CreateSubdirectory("kenh"), inside = fence.CreateSubdirectory("tinh"), outside = root.CreateSubdirectory("khac");
        root.CreateSubdirectory("kenh-khac");
        using ChannelFactory fenced = new(new PortalOptions(), clock, folders: fence.FullName);

        Assert.Null(fenced.Problem(Into(inside.FullName)));
        Assert.Null(fenced.Problem(Into(inside.FullName, "xac-nhan")));
        Assert.Null(fenced.Problem(Into(Path.Combine(fence.FullName, "chua-co"))));
        foreach (string folder in (string[])[outside.FullName, root.FullName, Path.Combine(root.FullName, "kenh-khac"), "/"])
            Assert.Contains("nằm ngoài", fenced.Problem(Into(folder)), StringComparison.Ordinal);
        Assert.Contains("nằm ngoài", fenced.Problem(Into(inside.FullName, outside.FullName)), StringComparison.Ordinal);
        Assert.Contains("«..»", fenced.Problem(Into(inside.FullName, "../../khac")), StringComparison.Ordinal);
        Assert.True(Assert.IsType<SendOutcome.NotSent>(await fenced.Create(Into(outside.FullName)).SendAsync(A.Record(), CancellationToken.None)).NeedsPerson);
        Assert.Empty(outside.GetFiles());
    }

    [Fact]
    public void A_folder_that_is_swapped_after_the_check_is_still_the_one_that_was_checked()
    {
        if (!OperatingSystem.IsLinux())
            return;
        DirectoryInfo fence = root.CreateSubdirectory("kenh"), inside = fence.CreateSubdirectory("tinh"), outside = root.CreateSubdirectory("khac");
        // The fence may itself be reached through a link.
        string link = Path.Combine(root.FullName, "loi-vao");
        Directory.CreateSymbolicLink(link, fence.FullName);
        using (PinnedFolder pinned = PinnedFolder.Open(Path.Combine(link, "tinh"), link))
        {
            Directory.Move(inside.FullName, inside.FullName + "-cu");
            Directory.CreateSymbolicLink(inside.FullName, outside.FullName);
            File.WriteAllText(Path.Combine(pinned.Path, "a.tmp"), "x");
            File.Move(Path.Combine(pinned.Path, "a.tmp"), Path.Combine(pinned.Path, "a.xml"));
        }

        Assert.Equal("a.xml", Assert.Single(Directory.GetFiles(inside.FullName + "-cu").Select(Path.GetFileName)));
        Assert.Empty(outside.GetFileSystemInfos());
        Assert.Throws<DropFailure>(() => PinnedFolder.Open(inside.FullName, fence.FullName));
    }

    [Fact]
    public void An_answer_that_is_a_link_out_of_the_fence_is_not_read()
    {
        DirectoryInfo fence = root.CreateSubdirectory("kenh");
        File.WriteAllText(Path.Combine(root.FullName, "mat"), "bí mật");
        File.CreateSymbolicLink(Path.Combine(fence.FullName, "tra-loi"), Path.Combine(root.FullName, "mat"));
        File.WriteAllText(Path.Combine(fence.FullName, "that"), "nhận");
        using PinnedFolder pinned = PinnedFolder.Open(fence.FullName, fence.FullName);

        Assert.Throws<DropFailure>(() => pinned.Read("tra-loi"));
        using FileStream plain = pinned.Read("that");
        Assert.True(plain.CanRead);
    }

    [Fact]
    public async Task A_link_that_leads_out_is_refused_even_when_it_came_after_the_settings()
    {
        DirectoryInfo fence = root.CreateSubdirectory("kenh"), outside = root.CreateSubdirectory("khac");
        using ChannelFactory fenced = new(new PortalOptions(), clock, folders: fence.FullName);
        string folder = Path.Combine(fence.FullName, "tinh");
        IDocumentChannel channel = fenced.Create(Into(folder));
        Directory.CreateSymbolicLink(folder, outside.FullName);

        SendOutcome.NotSent refused = Assert.IsType<SendOutcome.NotSent>(await channel.SendAsync(A.Record(), CancellationToken.None));

        Assert.True(refused.NeedsPerson);
        Assert.Contains("liên kết", refused.Cause, StringComparison.Ordinal);
        Assert.Contains("liên kết", fenced.Problem(Into(Path.Combine(folder, "sau"))), StringComparison.Ordinal);
        Assert.Empty(outside.GetFiles());
        Directory.CreateSymbolicLink(Path.Combine(fence.FullName, "vong"), Path.Combine(fence.FullName, "vong"));
        Assert.Contains("liên kết", fenced.Problem(Into(Path.Combine(fence.FullName, "vong"))), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(fence.FullName, "that"));
        Directory.CreateSymbolicLink(Path.Combine(fence.FullName, "trong"), Path.Combine(fence.FullName, "that"));
        Assert.IsType<SendOutcome.Unknown>(await fenced.Create(Into(Path.Combine(fence.FullName, "trong"))).SendAsync(A.Record(), CancellationToken.None));
    }

    private static ChannelSettings Into(string folder, string answers = "") => new(
        ChannelKinds.Folder, new Uri(folder), "99001", "99", "", "", new Dictionary<string, string>(StringComparer.Ordinal) { [ChannelOptions.AnswerFolder] = answers });

    [Fact]
    public async Task A_checksum_stands_beside_it_when_wanted()
    {
        PortalSubmission record = A.Record();

        var outcome = (SendOutcome.Unknown)await Channel((ChannelOptions.Checksum, "true")).SendAsync(record, CancellationToken.None);

        string expected = Convert.ToHexStringLower(SHA256.HashData(record.Document.Span));
        Assert.Equal($"{expected}  {outcome.TransactionCode}\n", File.ReadAllText(Path.Combine(root.FullName, outcome.TransactionCode + ".sha256")));
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public async Task The_name_of_an_earlier_file_is_never_taken_again()
    {
        await Channel().SendAsync(A.Record(), CancellationToken.None);
        byte[] first = File.ReadAllBytes(root.GetFiles()[0].FullName);

        SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(await Channel().SendAsync(A.Record(padding: 9), CancellationToken.None));

        Assert.False(outcome.NeedsPerson);
        Assert.Equal(first, File.ReadAllBytes(Assert.Single(root.GetFiles()).FullName));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SendOutcome.Unknown>(await Channel().SendAsync(A.Record(padding: 9), CancellationToken.None));
        Assert.Equal(2, Files().Length);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..\\..\\x")]
    [InlineData("a/b:c*?\"<>|")]
    [InlineData("")]
    [InlineData("Đ ừ\r\nSTOR x")]
    [InlineData("\0")]
    public async Task No_key_leads_out_of_the_folder(string maLk)
    {
        SendOutcome outcome = await Channel().SendAsync(A.Record() with { MaLk = maLk }, CancellationToken.None);

        string name = Assert.IsType<SendOutcome.Unknown>(outcome).TransactionCode;
        Assert.True(DropNames.IsOne(name), name);
        Assert.Equal([name], Files());
    }

    [Fact]
    public void Two_keys_that_look_alike_when_safe_have_two_names()
    {
        string[] keys = ["a/b", "a:b", "a_b", new string('x', 200), new string('x', 201)];

        Assert.Equal(keys.Length, keys.Select(DropNames.Safe).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task A_missing_folder_is_not_made_and_waits_for_a_person()
    {
        string gone = Path.Combine(root.FullName, "o-mang");

        SendOutcome.NotSent outcome = Assert.IsType<SendOutcome.NotSent>(
            await factory.Create(Settings(new Uri(gone))).SendAsync(A.Record(), CancellationToken.None));

        Assert.True(outcome.NeedsPerson);
        Assert.False(Directory.Exists(gone));
    }

    [Fact]
    public async Task A_stopped_drop_leaves_nothing_behind()
    {
        SendOutcome outcome = await Channel((ChannelOptions.Checksum, "true")).SendAsync(A.Record(), new CancellationToken(canceled: true));

        Assert.IsType<SendOutcome.NotSent>(outcome);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task An_acknowledgement_settles_a_drop()
    {
        IDocumentChannel channel = Channel((ChannelOptions.AnswerFolder, "tra-loi"));
        Directory.CreateDirectory(At("tra-loi"));
        string name = ((SendOutcome.Unknown)await channel.SendAsync(A.Record(), CancellationToken.None)).TransactionCode;
        Write("99001_20260701153000_99001.0002.ok", "của hồ sơ khác");
        Write(name[..^4] + ".ok.tmp", "chưa xong");
        Assert.Equal(name, Assert.IsType<SendOutcome.Unknown>(await channel.AskAsync(name, CancellationToken.None)).TransactionCode);

        Write(name[..^4] + ".ok", "đã nhận");
        SendOutcome? settled = await channel.AskAsync(name, CancellationToken.None);

        PortalReceipt receipt = Assert.IsType<SendOutcome.Accepted>(settled).Receipt;
        Assert.Equal(name, receipt.TransactionCode);
        Assert.Equal("đã nhận", Encoding.UTF8.GetString(receipt.Answer.Body));
    }

    [Theory]
    [InlineData(".ok", """{"maKetQua":"200","maGiaoDich":"G1","thoiGianTiepNhan":"20260701153022"}""", "Accepted")]
    [InlineData(".ok", """{"maKetQua":"123","thongDiep":"sai"}""", "Rejected")]
    [InlineData(".ok", """{"maKetQua":"500"}""", "Unknown")]
    [InlineData(".ok", "  {\"maKetQ", "Unknown")]
    [InlineData(".loi", "bất kỳ", "Rejected")]
    [InlineData(".loi", """{"maKetQua":"200","maGiaoDich":"G1"}""", "Rejected")]
    [InlineData(".ok", "", "Accepted")]
    public async Task Name_and_content_of_an_acknowledgement_decide(string extension, string content, string outcome)
    {
        IDocumentChannel channel = Channel(
            (ChannelOptions.AnswerFolder, root.FullName), (ChannelOptions.AnswerPattern, "{file}*"), (ChannelOptions.RefusalPattern, "{file}.loi"),
            (ChannelOptions.Checksum, "true"));
        string name = ((SendOutcome.Unknown)await channel.SendAsync(A.Record(), CancellationToken.None)).TransactionCode;
        Assert.IsType<SendOutcome.Unknown>(await channel.AskAsync(name, CancellationToken.None));

        File.WriteAllText(At(name + extension), content);

        Assert.Equal(outcome, (await channel.AskAsync(name, CancellationToken.None))!.GetType().Name);
    }

    [Fact]
    public async Task A_huge_acknowledgement_is_read_no_further_than_allowed()
    {
        IDocumentChannel channel = Channel((ChannelOptions.AnswerFolder, root.FullName));
        string name = ((SendOutcome.Unknown)await channel.SendAsync(A.Record(), CancellationToken.None)).TransactionCode;
        File.WriteAllText(At(name[..^4] + ".txt"), new string('x', 5000));

        PortalAnswer answer = Assert.IsType<SendOutcome.Accepted>(await channel.AskAsync(name, CancellationToken.None)).Receipt.Answer;

        Assert.Equal((1000, false), (answer.Body.Length, answer.IsWhole));
    }

    [Theory]
    [InlineData("../x.xml")]
    [InlineData("x")]
    [InlineData("*.xml")]
    [InlineData("")]
    public async Task Only_names_of_ours_are_asked_for(string code)
    {
        File.WriteAllText(At("x.xml.ok"), "");

        Assert.IsType<SendOutcome.Unknown>(await Channel((ChannelOptions.AnswerFolder, root.FullName)).AskAsync(code, CancellationToken.None));
    }

    [Fact]
    public async Task A_missing_acknowledgement_folder_leaves_the_drop_open() =>
        Assert.Contains(
            "thư mục xác nhận",
            Assert.IsType<SendOutcome.Unknown>(await Channel((ChannelOptions.AnswerFolder, "khong-co")).AskAsync("99001_1_x.xml", CancellationToken.None)).Cause,
            StringComparison.Ordinal);

    [Fact]
    public void A_pattern_that_any_file_fits_is_refused()
    {
        Assert.NotNull(factory.Problem(Settings(new Uri(root.FullName), (ChannelOptions.AnswerPattern, "*.ok"))));
        Assert.NotNull(factory.Problem(Settings(new Uri(root.FullName), (ChannelOptions.RefusalPattern, "*.loi"))));
        Assert.NotNull(factory.Problem(Settings(new Uri("ftp://x/y"))));
        Assert.NotNull(factory.Problem(Settings(new Uri(root.FullName)) with { FacilityCode = "../x" }));
        Assert.Null(factory.Problem(Settings(new Uri(root.FullName))));
    }

    private IDocumentChannel Channel(params (string Name, string Value)[] options) => factory.Create(Settings(new Uri(root.FullName), options));

    private static ChannelSettings Settings(Uri address, params (string Name, string Value)[] options) => new(
        ChannelKinds.Folder, address, "99001", "99", "", "", options.ToDictionary(static o => o.Name, static o => o.Value, StringComparer.Ordinal));

    private string[] Files() => [.. root.GetFiles("*", SearchOption.AllDirectories).Select(static f => f.Name).Order(StringComparer.Ordinal)];

    private string At(string name) => Path.Combine(root.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(root.FullName, "tra-loi", name), text);
}
