using System.Security.Cryptography;

namespace LienThong.Gateway.Submission;

/// <summary>When a failed item is tried again. Prints itself, so that staff read the truth the worker follows.</summary>
public sealed class RetryPolicy(SubmissionOptions options)
{
    /// <summary>Wait after a failed try, with jitter.</summary>
    /// <param name="attempt">How many tries were made, from 1.</param>
    /// <param name="asked">A wait the portal asked for; never undercut.</param>
    public TimeSpan DelayAfter(int attempt, TimeSpan? asked)
    {
        IReadOnlyList<TimeSpan> delays = options.RetryDelays;
        TimeSpan delay = delays[Math.Clamp(attempt - 1, 0, delays.Count - 1)];
        // ±Jitter in thousandths; a cryptographic source needs no seed and no lock.
        int spread = (int)(options.Jitter * 1000);
        if (spread > 0)
            delay *= 1 + (RandomNumberGenerator.GetInt32(-spread, spread + 1) / 1000.0);
        return asked > delay ? asked.Value : delay;
    }

    /// <summary>Whether an item that first fell due then has had its time.</summary>
    public bool IsOver(DateTimeOffset firstDue, DateTimeOffset now) => now - firstDue >= options.GiveUpAfter;

    /// <summary>The policy in Vietnamese, one line per case.</summary>
    public override string ToString() =>
        $"""
        chưa gửi được (không kết nối) → thử lại sau {string.Join(", ", options.RetryDelays.Select(d => $"{d.TotalMinutes:0.##} phút"))}; quá {options.GiveUpAfter.TotalHours:0.##} giờ → cần người xem
        không rõ kết quả              → chờ đối soát; sau {options.SettlePeriod.TotalMinutes:0.##} phút gửi lại đúng gói cũ {options.MaxResends} lần, ghi cả hai biên nhận
        cổng từ chối                  → không thử lại: hiện mã lỗi và cách sửa
        lỗi tài khoản, cấu hình       → dừng gửi của cơ sở cho đến khi có người xử lý
        """;
}
