package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
)

// writeIfDifferent is the other way that controller-runtime documents: it compares with the cache and writes only what differs.
func writeIfDifferent(ctx context.Context, c client.Client, shop *Shop) error {
	configMap := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: shop.Name, Namespace: shop.Namespace}}
	_, err := controllerutil.CreateOrUpdate(ctx, c, configMap, func() error {
		if configMap.Labels == nil {
			configMap.Labels = map[string]string{}
		}
		configMap.Labels["app"] = "shop"
		configMap.Data = map[string]string{"size": wantedSize(shop)}
		return controllerutil.SetControllerReference(shop, configMap, c.Scheme())
	})
	return err
}
