using Daypass.AspNetCore.Uproject;

namespace Daypass.AspNetCore;

/// <summary>The actions of an API of uproject's style that share one path, as <c>MapUprojectApi</c> gives it. Actions are added before the service starts.</summary>
public sealed class UprojectApi : IEndpointConventionBuilder
{
    private readonly Dictionary<string, UprojectAction> _actions = new(StringComparer.Ordinal);

    internal IEndpointConventionBuilder Endpoint { get; set; } = null!;

    /// <summary>Adds an action: who may do it on its resource gets there, everybody else gets 299 and why.</summary>
    /// <param name="permission">What is asked of the caller's policies, such as <c>uhost:DescribeUHostInstance</c>; what follows the colon is the <c>Action</c>.</param>
    /// <param name="parameters">
    /// The names of its parameters, <c>UHostIds</c> for <c>UHostIds.0</c> and all that is below it; <c>Region</c>, <c>Zone</c> and <c>ProjectId</c> may always be there. A call
    /// with any other is refused with 230: nothing delimits names from values in what is signed, so who has read a call could else cut it up anew.
    /// </param>
    /// <param name="resource">The URN or ARN of what the call is about, <c>*</c> for none; <see cref="UprojectException"/> where parameters do not say.</param>
    /// <param name="handler">Does it. Its answer's properties become those of the answer beside RetCode, Action and Message; null for none.</param>
    /// <exception cref="ArgumentException">The permission has no action, or there is one of this name.</exception>
    public UprojectApi Action(string permission, IEnumerable<string> parameters, Func<UprojectCall, string> resource, Func<UprojectCall, Task<object?>> handler)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(handler);
        var name = permission[(permission.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (name.Length == 0 || name.Length == permission.Length)
            throw new ArgumentException($"'{permission}' is no permission: it must be such as uhost:DescribeUHostInstance.", nameof(permission));
        if (!_actions.TryAdd(name, new UprojectAction(permission, parameters, resource, handler)))
            throw new ArgumentException($"There is an action {name} already.", nameof(permission));
        return this;
    }

    /// <inheritdoc cref="Action(string, IEnumerable{string}, Func{UprojectCall, string}, Func{UprojectCall, Task{object}})"/>
    public UprojectApi Action(string permission, IEnumerable<string> parameters, Func<UprojectCall, string> resource, Func<UprojectCall, object?> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Action(permission, parameters, resource, call => Task.FromResult(handler(call)));
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => Endpoint.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => Endpoint.Finally(finallyConvention);

    internal UprojectAction? Find(string name) => _actions.GetValueOrDefault(name);
}
