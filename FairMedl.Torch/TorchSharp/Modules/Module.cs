using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: its parameters, buffers and submodules by name.</summary>
        public abstract class Module : IDisposable
        {
            private readonly string name;
            private readonly List<(string Name, Parameter Parameter)> parametersOfOwn = [];
            private readonly List<(string Name, Tensor Buffer)> buffersOfOwn = [];
            private readonly List<(string Name, Module Module)> modulesOfOwn = [];

            protected Module(string name) => this.name = name;

            /// <summary>True between train() and eval(), and at the start.</summary>
            public bool training { get; private set; } = true;

            public string GetName() => name;

            /// <summary>All parameters, the own ones first, then those of the submodules in order.</summary>
            public IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair => pair.parameter);

            public IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                HashSet<Parameter> seen = [];
                foreach ((string path, Module module) in Modules(recurse))
                    foreach ((string own, Parameter parameter) in module.parametersOfOwn)
                        if (seen.Add(parameter)) yield return (path + own, parameter);
            }

            public IEnumerable<(string name, Module module)> named_children() => modulesOfOwn;

            public IEnumerable<Module> children() => modulesOfOwn.Select(pair => pair.Module);

            /// <summary>The parameters and buffers themselves, by name.</summary>
            public Dictionary<string, Tensor> state_dict()
            {
                Dictionary<string, Tensor> state = [];
                foreach ((string path, Module module) in Modules(true))
                {
                    foreach ((string own, Parameter parameter) in module.parametersOfOwn) state.TryAdd(path + own, parameter);
                    foreach ((string own, Tensor buffer) in module.buffersOfOwn) state.TryAdd(path + own, buffer);
                }

                return state;
            }

            /// <summary>Copies the values given into the parameters and buffers of the same names.</summary>
            /// <exception cref="ArgumentException">Strict, and a name is missing or unknown; or a shape differs.</exception>
            public (IList<string> missing_keys, IList<string> unexpected_keys) load_state_dict(Dictionary<string, Tensor> source, bool strict = true)
            {
                Dictionary<string, Tensor> own = state_dict();
                List<string> missing = [.. own.Keys.Where(key => !source.ContainsKey(key))], unexpected = [.. source.Keys.Where(key => !own.ContainsKey(key))];
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new ArgumentException($"The state does not fit {name}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].", nameof(source));
                using IDisposable constant = no_grad();
                foreach ((string key, Tensor target) in own)
                {
                    if (!source.TryGetValue(key, out Tensor? value)) continue;
                    if (!value.layout.SameSizes(target.layout)) throw new ArgumentException($"{key} has shape {target.layout} in {name} and {value.layout} in the state.", nameof(source));
                    target.copy_(value);
                }

                return (missing, unexpected);
            }

            public virtual void train(bool mode = true)
            {
                foreach ((_, Module module) in Modules(true)) module.training = mode;
            }

            public void eval() => train(false);

            /// <summary>This module: there is one device.</summary>
            /// <exception cref="InvalidOperationException">The device is not the processor.</exception>
            public Module to(Device device)
            {
                device.MustBeCpu();
                return this;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }

            /// <summary>Registers every field that is a module, a parameter or a tensor under the field's name.</summary>
            protected void RegisterComponents()
            {
                foreach (FieldInfo field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(field.Name, module); break;
                        case Parameter parameter: register_parameter(field.Name, parameter); break;
                        case Tensor tensor: register_buffer(field.Name, tensor); break;
                    }
                }
            }

            protected void register_module(string name, Module submodule)
            {
                if (modulesOfOwn.All(pair => pair.Name != name)) modulesOfOwn.Add((name, submodule));
            }

            protected void register_parameter(string name, Parameter parameter)
            {
                if (parametersOfOwn.All(pair => pair.Name != name)) parametersOfOwn.Add((name, parameter));
            }

            protected void register_buffer(string name, Tensor tensor)
            {
                if (buffersOfOwn.All(pair => pair.Name != name)) buffersOfOwn.Add((name, tensor));
            }

            private IEnumerable<(string Path, Module Module)> Modules(bool recurse)
            {
                yield return ("", this);
                if (!recurse) yield break;
                foreach ((string own, Module module) in modulesOfOwn)
                    foreach ((string path, Module inner) in module.Modules(true)) yield return ($"{own}.{path}", inner);
            }
        }

        /// <summary>A module that maps one input.</summary>
        public abstract class Module<T, TResult>(string name) : Module(name)
        {
            public abstract TResult forward(T input);

            public TResult call(T input) => forward(input);
        }

        /// <summary>A module that maps two inputs.</summary>
        public abstract class Module<T1, T2, TResult>(string name) : Module(name)
        {
            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
