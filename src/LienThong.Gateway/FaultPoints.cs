namespace LienThong.Gateway;

/// <summary>Named moments between two commits. Tests make the process "die" there; in service nothing happens.</summary>
internal sealed class FaultPoints
{
    /// <summary>Called with the moment's name; what it throws ends the work as a crash would.</summary>
    public Action<string>? On { get; set; }

    public void Pass(string point) => On?.Invoke(point);
}
