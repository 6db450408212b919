using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Usage;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The end of a call that is refused: held against its source, recorded (by name once the caller is proven, counted before), and answered with
/// the sentence and, where policies decided, the encoded message behind it.
/// </summary>
internal sealed class RefusedCalls(
    DirectoryCache directories, AuditJournal journal, RefusalSummary refusals, Throttle throttle, SubjectRegister subjects, IEntropy entropy, TimeProvider time, Action<ApiRequest, Exception> reportFailure)
{
    public async ValueTask<ApiAnswer> AnswerAsync(ApiRequest request, Caller? caller, ApiException refusal)
    {
        try
        {
            // Our own troubles are not held against whoever met with them. Whoever's session is over is known by name and yet a stranger:
            // else old credentials could fill the trail for ever.
            // And so is everybody who has an account with an identity provider that gives tokens to all.
            var isStranger = refusal.Error.Code == "ExpiredToken" || caller?.Federation is not null;
            if ((caller is null && !refusal.Error.IsReceiver) || isStranger)
                throttle.CountRefusal(request.SourceIp);
            if (caller is null || (isStranger && (journal.Room.Left != Room.Enough || !throttle.MayNameStranger(caller.Account))))
            {
                refusals.Count(request, refusal.Error);
            }
            else
            {
                var now = time.GetUtcNow() + directories.Installation.ClockOffset;
                await journal.AppendAsync(AuditRecords.OfRefusal(request, caller, refusal.Error, refusal.Denial, now, entropy));
                // As many of the refused as the trail names, and none that has met with our own troubles.
                if (refusal.Error is { IsReceiver: false, Code: not "Throttling" })
                    CallerMarks.Note(subjects, caller, isLetIn: false);
            }
        }
        catch (JournalUnavailableException)
        {
            return new ApiAnswer(null, Errors.Unavailable("The audit trail cannot be written, so nothing is answered. Try again later.").Error);
        }
        return new ApiAnswer(null, Explain(request, refusal));
    }

    // The trail has the sentence alone. Whatever goes wrong here, the answer stays a refusal.
    private ApiError Explain(ApiRequest request, ApiException refusal)
    {
        try
        {
            return refusal.Denial?.Encode() is { } message ? Errors.Explained(refusal.Error, message) : refusal.Error;
        }
        catch (Exception failure)
        {
            reportFailure(request, failure);
            return refusal.Error;
        }
    }
}
