// Each Shop gets a ConfigMap with its size, and a status.
package main

import (
	"context"
	"flag"
	"os"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	applycorev1 "k8s.io/client-go/applyconfigurations/core/v1"
	applymetav1 "k8s.io/client-go/applyconfigurations/meta/v1"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/utils/ptr"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

type shopReconciler struct {
	client.Client
	// write brings the ConfigMap of a Shop in line.
	write func(context.Context, client.Client, *Shop) error
}

// Reconcile is called for a Shop when it or its ConfigMap has changed.
func (r *shopReconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	var shop Shop
	if err := r.Get(ctx, req.NamespacedName, &shop); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if err := r.write(ctx, r.Client, &shop); err != nil {
		return ctrl.Result{}, err
	}
	if shop.Status.Phase == "Running" {
		return ctrl.Result{}, nil
	}
	before := shop.DeepCopyObject().(*Shop)
	shop.Status.Phase = "Running"
	return ctrl.Result{}, r.Status().Patch(ctx, &shop, client.MergeFrom(before))
}

// apply is server-side apply, which sends a request each time; the API server writes nothing if nothing differs.
func apply(ctx context.Context, c client.Client, shop *Shop) error {
	owner := applymetav1.OwnerReference().
		WithAPIVersion(groupVersion.String()).WithKind("Shop").WithName(shop.Name).WithUID(shop.UID).
		WithController(true).WithBlockOwnerDeletion(true)
	configMap := applycorev1.ConfigMap(shop.Name, shop.Namespace).
		WithLabels(map[string]string{"app": "shop"}).
		WithOwnerReferences(owner).
		WithData(map[string]string{"size": wantedSize(shop)})
	return c.Apply(ctx, configMap, client.FieldOwner("shop-controller"), client.ForceOwnership)
}

func wantedSize(shop *Shop) string {
	return strconv.FormatInt(ptr.Deref(shop.Spec.Size, 1), 10)
}

func main() {
	var workers int
	var createOrUpdate bool
	var metricsAddress, probeAddress string
	flag.IntVar(&workers, "workers", 1, "Shops worked on at a time")
	flag.BoolVar(&createOrUpdate, "create-or-update", false, "compare with the cache instead of server-side apply")
	flag.StringVar(&metricsAddress, "metrics-bind-address", ":8080", "where metrics are served")
	flag.StringVar(&probeAddress, "health-probe-bind-address", ":8081", "where probes are served")
	flag.Parse()
	ctrl.SetLogger(zap.New())

	scheme := runtime.NewScheme()
	utilruntime.Must(clientgoscheme.AddToScheme(scheme))
	utilruntime.Must(addToScheme(scheme))
	mgr, err := ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{
		Scheme:                 scheme,
		Metrics:                metricsserver.Options{BindAddress: metricsAddress},
		HealthProbeBindAddress: probeAddress,
		Cache: cache.Options{ByObject: map[client.Object]cache.ByObject{
			&corev1.ConfigMap{}: {Label: labels.SelectorFromSet(labels.Set{"app": "shop"})},
		}},
	})
	exitOn(err, "unable to make the manager")
	exitOn(mgr.AddReadyzCheck("readyz", healthz.Ping), "unable to add the check")

	reconciler := &shopReconciler{Client: mgr.GetClient(), write: apply}
	if createOrUpdate {
		reconciler.write = writeIfDifferent
	}
	err = ctrl.NewControllerManagedBy(mgr).
		For(&Shop{}).
		Owns(&corev1.ConfigMap{}).
		WithOptions(controller.Options{MaxConcurrentReconciles: workers}).
		Complete(reconciler)
	exitOn(err, "unable to make the controller")
	exitOn(mgr.Start(ctrl.SetupSignalHandler()), "the manager ended")
}

func exitOn(err error, message string) {
	if err != nil {
		ctrl.Log.Error(err, message)
		os.Exit(1)
	}
}
