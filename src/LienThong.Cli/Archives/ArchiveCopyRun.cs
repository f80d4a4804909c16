using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Archive.S3;

namespace LienThong.Cli.Archives;

/// <summary>Copies the archive of a data folder into a bucket, or back.</summary>
internal static class ArchiveCopyRun
{
    /// <summary>Runs.</summary>
    /// <param name="house">The data; opened for whichever archive.</param>
    /// <param name="data">Data folder.</param>
    /// <param name="to"><c>s3</c> or <c>folder</c>.</param>
    /// <param name="andSwitch">Whether the data belong to the copy from now on.</param>
    /// <param name="ct">Stops the work; what is copied stays.</param>
    public static async Task<int> RunAsync(House house, string data, string to, bool andSwitch, CancellationToken ct)
    {
        S3Options options = ArchiveSettings.Read() ?? throw CommandFailure.Usage("thiếu LIENTHONG_S3_BUCKET: bucket của kho S3.");
        using S3Archive bucket = new(options);
        FolderArchive folder = new(Path.Combine(data, "archive"));
        (IArchive source, IArchive target) = to == "s3" ? ((IArchive)folder, (IArchive)bucket) : (bucket, folder);
        ArchiveProgressLine progress = new();
        ArchiveCopyResult result = await ArchiveCopy.RunAsync(source, target, progress.Tell, ct);
        progress.End();
        foreach (string name in result.Damaged) Screen.Out.WriteLine($"HỎNG đối tượng {name} ở kho nguồn: không chép được");
        Screen.Out.WriteLine($"Đã xem {result.Objects} đối tượng, chép {result.Copied} ({ArchiveProgressLine.Size(result.Bytes)}), có sẵn {result.Objects - result.Copied - result.Damaged.Count}, hỏng {result.Damaged.Count}.");
        if (result.Damaged.Count > 0)
        {
            Screen.Out.WriteLine("Chưa chuyển kho. Xem hồ sơ nào bị ảnh hưởng bằng «lienthong archive verify», khôi phục từ bản sao lưu rồi chép lại.");
            return ExitCode.Blocked;
        }
        if (!andSwitch)
        {
            Screen.Out.WriteLine("Dữ liệu vẫn dùng kho cũ. Khi sẵn sàng chuyển: dừng mọi máy chủ, chạy lại lệnh này với --switch, rồi khởi động lại với cấu hình kho mới.");
            return ExitCode.Fine;
        }
        await house.ArchivePlace.SwitchAsync(target.Place, house.Self.Name, ct);
        Screen.Out.WriteLine($"Từ nay dữ liệu dùng kho {(to == "s3" ? target.Place : "trong thư mục dữ liệu")}. Kho cũ còn nguyên; giữ lại cho đến khi «lienthong archive verify» báo đủ.");
        return ExitCode.Fine;
    }
}
