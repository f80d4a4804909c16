using LienThong.Gateway.Reports.Findings;

namespace LienThong.Cli.Validate;

/// <summary>The reports that stand on the gateway's: kept apart, so that a plain run doesn't load them.</summary>
internal static class Reports
{
    /// <summary>The report asked for.</summary>
    public static IReport New(ValidateArguments arguments)
    {
        FindingGrouping? by = arguments.GroupBy is { } name ? FindingGroups.Parse(name) : null;
        return arguments.Format switch
        {
            OutputFormat.Csv => new CsvReport(),
            OutputFormat.Sarif => new SarifReport(),
            OutputFormat.Xlsx => new ExcelReport(by ?? FindingGrouping.Rule),
            _ => new GroupReport(by ?? FindingGrouping.Rule),
        };
    }
}
