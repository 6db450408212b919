namespace Daypass.Policies.Comparing;

/// <summary>A request that is put together of samples.</summary>
internal sealed class RequestDraft(RequestContext values)
{
    public Principal Principal { get; set; } = Samples.User;

    public string Action { get; set; } = "";

    public string Resource { get; set; } = "*";

    public RequestContext Context { get; } = new(values);
}
