using System.Net.Sockets;
using System.Security.Authentication;

namespace LienThong.Portal.Channels;

/// <summary>Sentences for what an FTP server or the way to it does.</summary>
internal static class FtpRefusal
{
    /// <summary>The server refused.</summary>
    /// <param name="reply">What it said.</param>
    /// <param name="doing">What was asked for, in Vietnamese.</param>
    public static DropFailure Of(FtpReply reply, string doing)
    {
        string said = $"(mã {reply.Code}: {reply.Text})";
        return reply.Code switch
        {
            530 or 532 => new DropFailure($"Máy chủ FTP từ chối tài khoản {said}; kiểm tra tài khoản và mật khẩu của kênh", needsPerson: true),
            452 or 552 => new DropFailure($"Máy chủ FTP hết dung lượng khi {doing} {said}; báo đơn vị quản lý máy chủ", needsPerson: false),
            >= 500 => new DropFailure($"Máy chủ FTP từ chối khi {doing} {said}; kiểm tra thư mục và quyền của tài khoản", needsPerson: true),
            _ => new DropFailure($"Máy chủ FTP chưa làm được khi {doing} {said}; sẽ thử lại", needsPerson: false),
        };
    }

    /// <summary>Whether it is the world's failure and not a bug of ours.</summary>
    public static bool IsWorldly(Exception failure) =>
        failure is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException;

    /// <summary>The way to the server broke.</summary>
    public static string Cause(Exception failure, bool stoppedByCaller) => failure switch
    {
        AuthenticationException => "Không thiết lập được kết nối bảo mật (TLS) tới máy chủ FTP; kiểm tra chứng thư máy chủ, tên máy và giờ hệ thống",
        OperationCanceledException when stoppedByCaller => "Dừng theo yêu cầu trước khi gửi xong",
        OperationCanceledException => "Máy chủ FTP không trả lời trong thời gian cho phép",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            "Không tìm thấy máy chủ FTP (DNS); kiểm tra địa chỉ và mạng",
        SocketException => "Không kết nối được tới máy chủ FTP; kiểm tra mạng, cổng và tường lửa",
        _ => "Đứt kết nối với máy chủ FTP, hoặc máy chủ trả lời không đúng giao thức FTP",
    };
}
