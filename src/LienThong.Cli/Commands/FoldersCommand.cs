using System.CommandLine;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Intake.Folders;

namespace LienThong.Cli.Commands;

/// <summary><c>folders list|add|remove|test</c></summary>
internal static class FoldersCommand
{
    /// <summary>The verb with its own verbs.</summary>
    public static Command Create() => new("folders", "Thư mục theo dõi: máy chủ tự nhận tệp HIS ghi vào.")
    {
        InHouse.List("Các thư mục và tình trạng.", (house, ct) => house.Folders.ListAsync(house.Self, ct), Print),
        Add(),
        Decision("remove", "Thôi theo dõi; các tệp vẫn ở nguyên chỗ.", (desk, house, id, ct) => desk.RemoveAsync(house.Self, id, ct)),
        Decision("test", "Thử đọc, ghi và chuyển tệp trong thư mục.", (desk, house, id, ct) => desk.TestAsync(house.Self, id, ct)),
    };

    private static Command Add()
    {
        Option<string?> facility = Setting.Text("--facility", "MÃ", "Mã cơ sở."), name = Setting.Text("--name", "TÊN", "Tên thư mục.");
        Option<string?> path = Setting.Text("--path", "DIR", "Đường dẫn đầy đủ trên máy chủ."), kind = Setting.Text("--kind", "packages|visits|csv|workbook", "Loại tệp.");
        Option<string?> mapping = Setting.Text("--mapping", "TÊN", "Ánh xạ của cơ sở cho CSV và Excel.");
        var command = new Command("add", "Theo dõi thêm một thư mục.") { InHouse.Data, InHouse.Postgres, facility, name, path, kind, mapping, InHouse.Output };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            if (!Enum.TryParse(parsed.Need(kind), ignoreCase: true, out FolderKind wanted) || !Enum.IsDefined(wanted))
                throw CommandFailure.Usage("--kind chỉ nhận packages, visits, csv hoặc workbook.");
            FolderChange change = await house.Folders.SaveAsync(
                house.Self, null, new FolderDraft(parsed.Need(facility), parsed.Need(name), parsed.Need(path), wanted, parsed.GetValue(mapping) ?? "", Active: true), ct);
            return change.Done ? Print([(await house.Folders.FindAsync(house.Self, change.Id!.Value, ct))!], json) : throw CommandFailure.Usage(change.Message);
        }, ct));
        return command;
    }

    private static Command Decision(string verb, string description, Func<FolderDesk, House, Guid, CancellationToken, Task<FolderChange>> act)
    {
        var id = new Argument<string>("ID") { Description = "Mã thư mục, như folders list in ra." };
        var command = new Command(verb, description) { id, InHouse.Data, InHouse.Postgres };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            if (!Guid.TryParse(parsed.GetValue(id), out Guid folder)) throw CommandFailure.Usage($"mã thư mục không đúng: «{Words.Plain(parsed.GetValue(id) ?? "", 60)}».");
            FolderChange change = await act(house.Folders, house, folder, ct);
            if (!change.Done) throw change.Id is null ? CommandFailure.Usage(change.Message) : CommandFailure.Io(change.Message);
            Screen.Out.WriteLine(change.Message.Length > 0 ? change.Message : "Đã thôi theo dõi.");
            return ExitCode.Fine;
        }, ct));
        return command;
    }

    private static int Print(IReadOnlyList<WatchedFolder> folders, bool json) => InHouse.Print(folders, json, "folders", static (j, f) =>
    {
        j.WriteString("id", f.Id);
        j.WriteString("facility", f.Facility);
        j.WriteString("name", f.Name);
        j.WriteString("path", f.Path);
        j.WriteString("kind", f.Kind.ToString().ToLowerInvariant());
        j.WriteString("mapping", f.Mapping);
        j.WriteBoolean("active", f.Active);
        j.WriteString("failure", f.Failure);
    }, static f => Screen.Out.WriteLine(
        $"{f.Id}  {f.Facility}  {f.Kind.ToString().ToLowerInvariant()}  {Words.Plain(f.Path, 300)}  {(f.Active ? f.Failure ?? "đang theo dõi" : "tạm dừng")}"), "thư mục");
}
