using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Server.Dialects;

/// <summary>
/// Which number of the uproject dialect an error of the catalogue is, and what its clients are told. What is none of those in <see cref="RetCodes"/>
/// is 230: wrong, and wrong again the next time.
/// </summary>
internal static class UprojectCodes
{
    public static int Of(ApiError error) =>
        error.Fields.Count > 0 ? Missing(error).Any() ? RetCodes.MissingParameter : RetCodes.WrongParameter
        : error.RetCode ?? RetCodes.Find(error.Code) ?? (error.IsReceiver ? RetCodes.Failure : RetCodes.WrongParameter);

    public static string MessageOf(ApiError error)
    {
        if (error.Fields.Count == 0)
            return RetCodes.MessageOf(Of(error), error.Code, error.Message);
        return Missing(error).Any()
            ? RetCodes.Missing(NamesOf(Missing(error)))
            : RetCodes.NotValid(string.Join(", ", NamesOf(error.Fields)), string.Join("; ", error.Fields.Select(field => field.Message)));
    }

    private static IEnumerable<Violation> Missing(ApiError error) => error.Fields.Where(field => field.IsAbsence);

    private static IEnumerable<string> NamesOf(IEnumerable<Violation> fields) => fields.Select(field => UprojectParameters.ToWire(field.Parameter)).Distinct();
}
