using Daypass.AspNetCore.Requests;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.AspNetCore;

/// <summary>What a service asks about the request at hand.</summary>
public static class DaypassHttpContext
{
    /// <summary>Who sent the request.</summary>
    /// <exception cref="InvalidOperationException">The request has not passed the middleware of <c>UseDaypass</c>.</exception>
    public static DaypassCaller GetDaypassCaller(this HttpContext http) =>
        http.Features.Get<DaypassCaller>() ?? throw new InvalidOperationException("The request has not passed the middleware of UseDaypass.");

    /// <summary>Goes on if the caller may do this, else ends the request with <c>AccessDenied</c> and AWS's sentence for it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="action">Such as <c>s3:GetObject</c>; its prefix is the service's name.</param>
    /// <param name="resource">The resource's ARN, or <c>*</c> for an action that has none.</param>
    /// <param name="owner">The account that owns the resource; null for the account that the service is registered under.</param>
    /// <param name="conditionKeys">
    /// Condition keys that the service fills, such as <c>s3:prefix</c>, <c>aws:ResourceTag/...</c>, <c>aws:RequestTag/...</c> and <c>aws:TagKeys</c>.
    /// </param>
    /// <param name="resourcePolicy">
    /// The policy on the resource, whose document is parsed as <see cref="PolicyType.Resource"/>. Callers of other accounts need one that
    /// lets them in beside their own policies; for anonymous callers it is all there is.
    /// </param>
    /// <exception cref="DaypassException">The caller may not; or, after a long time in one request, may be nobody any more.</exception>
    /// <exception cref="ArgumentException">
    /// The action is of another service, the policy of another type, or a key is one that Daypass fills: of <c>aws:*</c> (but the ones above),
    /// <c>saml:*</c>, <c>sts:*</c>, and whatever it vouches for about this caller.
    /// </exception>
    public static async ValueTask RequireAction(
        this HttpContext http, string action, string resource, AccountId? owner = null, IReadOnlyDictionary<string, string>? conditionKeys = null, Policy? resourcePolicy = null)
    {
        if (await http.CheckAction(action, resource, owner, conditionKeys, resourcePolicy) is { } refusal)
            throw new DaypassException(refusal);
    }

    /// <summary>As <see cref="RequireAction"/>, for services that go on after a no. Null when the caller may, else the refusal.</summary>
    /// <param name="http">The request.</param>
    /// <param name="action">As there.</param>
    /// <param name="resource">As there.</param>
    /// <param name="owner">As there.</param>
    /// <param name="conditionKeys">As there.</param>
    /// <param name="resourcePolicy">As there.</param>
    /// <param name="isRecorded">Whether the answer becomes a data event. No for questions about what is not done, such as whether a caller might list.</param>
    /// <inheritdoc cref="RequireAction" path="/exception[@cref='T:System.ArgumentException']"/>
    public static ValueTask<DaypassRefusal?> CheckAction(
        this HttpContext http, string action, string resource, AccountId? owner = null, IReadOnlyDictionary<string, string>? conditionKeys = null, Policy? resourcePolicy = null,
        bool isRecorded = true) =>
        http.RequestServices.GetRequiredService<AccessCheck>().CheckAsync(http, new Asked(action, resource, owner, conditionKeys, resourcePolicy, isRecorded));

    /// <summary>
    /// Says what went wrong after an action was allowed, for its data event: AWS's code, such as <c>NoSuchKey</c>. Counts when the answer's
    /// status is 400 or more; without it the event has the status's own name.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="code">1 to 128 letters of ASCII, digits, <c>.</c>, <c>_</c>, <c>-</c>; others are left out.</param>
    /// <param name="message">At most 1,024 characters; the rest is cut.</param>
    /// <exception cref="InvalidOperationException">The request has not passed the middleware of <c>UseDaypass</c>.</exception>
    public static void SetEventError(this HttpContext http, string code, string? message = null) => http.GetDaypassCaller().Events.Failure = (code, message);
}
