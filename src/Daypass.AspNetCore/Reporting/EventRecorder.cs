using Daypass.AspNetCore.Leases;
using Daypass.Names;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Reporting;

/// <summary>Notes what is decided during a request, and hands it over when the request ends. Called by: the access check and the middleware.</summary>
internal sealed class EventRecorder(IOptions<DaypassOptions> options, EventQueue queue, DroppedEvents dropped, EventMeter meter, TimeProvider time, ILogger<EventRecorder> logger)
{
    private readonly DaypassEventOptions _options = options.Value.Events;
    private bool _hasWarned;

    /// <summary>Notes an action that was allowed or refused. The refusal that counts: another one when what is allowed must be recorded and cannot.</summary>
    public DaypassRefusal? Note(HttpContext http, DaypassCaller caller, string action, string resource, AccountId owner, DaypassRefusal? refusal)
    {
        caller.Events.HasAsked = true;
        if (caller.Lease is not { } lease || KindsOf(http) is var kinds && kinds == DaypassEventKinds.None)
            return refusal;
        var isReadOnly = _options.IsReadOnly(action);
        if (isReadOnly && kinds == DaypassEventKinds.Writes)
            return refusal;
        var terms = lease.Grant.Terms;
        var at = terms.PolicyTime(time.GetUtcNow()).ToUnixTimeMilliseconds();
        if (!HasRoom(terms, at))
            return _options.RefuseWhenFull ? refusal ?? Refusals.NotRecorded : refusal;
        var noted = new DataEvent(terms, action, resource, owner, caller.Facts, at, refusal, isReadOnly) { IsOfUproject = caller.IsOfUproject };
        if (!caller.Events.TryAdd(noted))
            HandOver(noted, http, http.Response.StatusCode, null);
        return refusal;
    }

    /// <summary>The request is over: its events get its outcome and go.</summary>
    public void Finish(HttpContext http, DaypassCaller caller, int status, DaypassRefusal? failure)
    {
        if (caller.Lease is { } lease && !caller.Events.HasAsked)
            NoteRequest(http, caller, lease.Grant.Terms);
        var last = caller.Events.Close();
        for (var noted = last; noted is not null;)
        {
            // The queue must not hold on to all that came before.
            var before = noted.Before;
            noted.Before = null;
            HandOver(noted, http, status, failure is null ? caller.Events.Failure : (failure.Code, failure.Sentence));
            noted = before;
        }
    }

    // A proven caller was here, and the service asked nothing about it.
    private void NoteRequest(HttpContext http, DaypassCaller caller, LeaseTerms terms)
    {
        var kinds = KindsOf(http);
        var isReadOnly = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        if (kinds == DaypassEventKinds.None || (isReadOnly && kinds == DaypassEventKinds.Writes))
            return;
        var at = terms.PolicyTime(time.GetUtcNow()).ToUnixTimeMilliseconds();
        if (HasRoom(terms, at))
            caller.Events.TryAdd(new DataEvent(terms, null, "*", default, caller.Facts, at, null, isReadOnly) { IsOfUproject = caller.IsOfUproject });
    }

    private bool HasRoom(LeaseTerms terms, long at)
    {
        if (terms.Ticket is null)
        {
            meter.Dropped(1, "no-ticket");
            if (!Interlocked.Exchange(ref _hasWarned, true))
                Log.NoTickets(logger);
            return false;
        }
        if (queue.TryReserve())
            return true;
        meter.Dropped(1, "full");
        dropped.Add(terms, at);
        return false;
    }

    private void HandOver(DataEvent noted, HttpContext http, int status, (string Code, string? Message)? failure)
    {
        (noted.RequestId, noted.Status, noted.Failure) = (http.TraceIdentifier, status, failure);
        queue.Add(noted);
    }

    private DaypassEventKinds KindsOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<DaypassEventsAttribute>()?.Record ?? _options.Record;
}
