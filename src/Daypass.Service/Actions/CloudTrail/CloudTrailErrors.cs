using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>The refusals of the CloudTrail API, with the codes of its model.</summary>
internal static class CloudTrailErrors
{
    public static ApiException InvalidLookupAttributes(string message) => Errors.Service("InvalidLookupAttributesException", message);

    public static ApiException InvalidTimeRange(string message) => Errors.Service("InvalidTimeRangeException", message);

    public static ApiException InvalidMaxResults(string message) => Errors.Service("InvalidMaxResultsException", message);

    public static ApiException InvalidNextToken() => Errors.Service(
        "InvalidNextTokenException", "The NextToken must be one that this lookup returned, with the same attribute and times.");

    public static ApiException InvalidEventCategory() => Errors.Service("InvalidEventCategoryException", "The only event category that can be asked for is 'insight'.");
}
