using LienThong.Gateway.Records;
using LienThong.Portal;

namespace LienThong.Gateway.Facilities;

/// <summary>
/// The portal's result codes with remedies: the shipped table, and over it the lines of <see cref="FileName"/> in the data folder, by which a site adds
/// a code that the portal brought in without waiting for a new version.
/// </summary>
public sealed class ResultCodeBook
{
    /// <summary>Name of the site's own table in the data folder: <c>code,handling,meaning,remedy,source</c> behind a header line.</summary>
    public const string FileName = "ma-ket-qua.csv";

    private const long LargestFile = 1024 * 1024;

    /// <summary>Reads the site's table once; what is wrong with it is told by <see cref="Problem"/>, and the shipped table counts.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="shipped">The table to extend.</param>
    public ResultCodeBook(string dataFolder, PortalResultCodes shipped)
    {
        Codes = shipped;
        Path = System.IO.Path.Combine(dataFolder, FileName);
        try
        {
            if (!File.Exists(Path))
                return;
            if (new FileInfo(Path).Length > LargestFile)
            {
                Problem = $"{FileName}: tệp lớn hơn 1 MB, không dùng.";
                return;
            }
            using StreamReader reader = new(Path);
            Codes = shipped.With(reader);
        }
        catch (FormatException failure)
        {
            Problem = $"{FileName}: {failure.Message} Cần các cột code,handling,meaning,remedy,source; handling là accepted, rejected, unknown, sign_in_again hoặc stop_facility. Bảng mã có sẵn vẫn được dùng.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Problem = $"{FileName}: không đọc được tệp; kiểm tra quyền đọc. Bảng mã có sẵn vẫn được dùng.";
        }
    }

    /// <summary>All codes in effect.</summary>
    public PortalResultCodes Codes { get; }

    /// <summary>Where the site's table is looked for.</summary>
    public string Path { get; }

    /// <summary>Why the site's table isn't used, in Vietnamese; null when it is, or when there is none.</summary>
    public string? Problem { get; }

    /// <summary>Adds to a call what its code means and what to do.</summary>
    internal SubmissionView Explain(SubmissionView call)
    {
        if (call.Code is not { Length: > 0 } code)
            return call;
        PortalResultCode known = Codes.Get(code);
        return call with { Meaning = known.Meaning, Remedy = known.Handling == PortalHandling.Accepted ? null : known.Remedy };
    }
}
